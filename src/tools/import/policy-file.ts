/** The text of a file of the policy: a comment at its top, and rows. */
export function policyFile(header: string, lines: readonly string[]): string {
  const comments = header.split("\n").map((line) => (line === "" ? "#" : `# ${line}`));
  const rows = lines.join("\n").trim();
  return `${comments.join("\n")}\n${rows === "" ? "" : `\n${rows}\n`}`;
}
