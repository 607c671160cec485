import { FINDINGS_SHOWN, moreFindings } from "../../../policy/finding.ts";
import type { Screen } from "../../machine/screen.ts";

/** Prints the first ones and the number of the others. */
export function printCapped<T>(
  screen: Screen,
  items: readonly T[],
  print: (item: T) => void,
  most = FINDINGS_SHOWN,
): void {
  const shown = most === 0 ? items : items.slice(0, most);
  for (const item of shown) print(item);
  const left = items.length - shown.length;
  if (left > 0) screen.line(moreFindings(left));
}
