import type { Screen } from "../../machine/screen.ts";

/** One line of the terminal for one call. Every string is already safe for a terminal. */
export interface CallLine {
  readonly status: number;
  readonly who: string;
  /** Method and path, or the operation of the user pool. */
  readonly what: string;
  /** The row that decided, what was missing, or the result. */
  readonly why: string;
}

/** Prints the line in the columns of the story. */
export function printCall(screen: Screen, { status, who, what, why }: CallLine): void {
  const shown = screen.style(status < 300 ? "green" : "red", String(status));
  screen.line(`  ${shown}  ${who.padEnd(9)} ${what.padEnd(23)} ${why}`.trimEnd());
}
