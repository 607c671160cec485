// What a terminal obeys, what turns the direction of a text, and what cannot be seen: controls, formats, lone surrogates,
// separators of lines.
const STEERING = /[\p{C}\p{Zl}\p{Zp}]/gu;

/** Text from outside for a terminal, on one line: what would steer it, or cannot be seen, is spelled out. */
export function printable(text: string): string {
  return text.replace(STEERING, (character) => {
    const code = character.codePointAt(0) ?? 0;
    return code > 0xffff ? `\\u{${code.toString(16)}}` : `\\u${code.toString(16).padStart(4, "0")}`;
  });
}

/**
 * Lines for a terminal or the log of a CI service. GitHub Actions takes a line that begins with `::`, and `##[` anywhere,
 * for a command of the workflow (https://docs.github.com/actions/reference/workflow-commands); neither survives.
 */
export function printableLines(text: string): string {
  return text
    .split("\n")
    .map((line) =>
      printable(line)
        .replace(/^( *)::/, "$1\\u003a:")
        .replaceAll("##[", "\\u0023#["),
    )
    .join("\n");
}
