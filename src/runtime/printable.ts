// What a terminal obeys, and what turns the direction of a text: C0, DEL, C1, separators, bidirectional controls.
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what a terminal obeys
const STEERING = /[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g;

/** Text from outside for a terminal, on one line: what would steer it is spelled out. */
export function printable(text: string): string {
  return text.replace(STEERING, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`);
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
