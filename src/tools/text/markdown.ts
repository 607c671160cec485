import { printable } from "./printable.ts";

/**
 * External text as a code span, also within a table (GitHub Flavored Markdown, 6.1 and 4.10): no markup, link, mention
 * or HTML takes effect in it, and nothing ends it early.
 */
export function code(text: string): string {
  const shown = printable(text).replaceAll("|", "\\|");
  const longest = Math.max(0, ...Array.from(shown.matchAll(/`+/g), ([run]) => run.length));
  const fence = "`".repeat(longest + 1);
  const pad = /^[` ]|[` ]$/.test(shown) ? " " : "";
  return shown === "" ? "" : `${fence}${pad}${shown}${pad}${fence}`;
}
