/** The name that policies give an app client of the template: `WebClient` is `web`. */
export function clientNameOf(logicalId: string): string {
  const bare = logicalId.replace(/Client$/, "");
  return `${bare.slice(0, 1).toLowerCase()}${bare.slice(1)}`;
}
