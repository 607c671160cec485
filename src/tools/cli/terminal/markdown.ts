import { printable } from "../../text/printable.ts";

/**
 * Text from outside as a code span, in a table too (GitHub Flavored Markdown, 6.1 and 4.10): no markup, link, mention
 * or HTML is found in it, and nothing ends it early.
 */
export function code(text: string): string {
  const shown = printable(text).replaceAll("|", "\\|");
  const longest = Math.max(0, ...Array.from(shown.matchAll(/`+/g), ([run]) => run.length));
  const fence = "`".repeat(longest + 1);
  const pad = /^[` ]|[` ]$/.test(shown) ? " " : "";
  return shown === "" ? "" : `${fence}${pad}${shown}${pad}${fence}`;
}
