/** The address of the page, without a fragment. */
export function pageAddress(): string {
  return location.href.split("#")[0] ?? "";
}
