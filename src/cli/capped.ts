import type { Screen } from "../runtime/screen.ts";
import { counted } from "./counted.ts";

/** How many findings people read at once; a policy with a wrong separator has one a line. */
export const FINDINGS_SHOWN = 100;

/** Prints the first of them, and how many were left out. */
export function printCapped<T>(
  screen: Screen,
  items: readonly T[],
  print: (item: T) => void,
  most = FINDINGS_SHOWN,
): void {
  const shown = most === 0 ? items : items.slice(0, most);
  for (const item of shown) print(item);
  const left = items.length - shown.length;
  if (left === 0) return;
  screen.line(`... and ${counted(left, "finding")} more; \`claimgate check --max-findings 0\` prints all`);
}
