// Characters that control a terminal, change the text direction, or are invisible: controls, formats, lone surrogates,
// line separators.
const STEERING = /[\p{C}\p{Zl}\p{Zp}]/gu;

/** External text for a terminal, on one line: escapes control and invisible characters. */
export function printable(text: string): string {
  return text.replace(STEERING, (character) => {
    const code = character.codePointAt(0) ?? 0;
    return code > 0xffff ? `\\u{${code.toString(16)}}` : `\\u${code.toString(16).padStart(4, "0")}`;
  });
}

/** The `#` that starts a command to a CI service, anywhere in a line. */
export const COMMAND_MARK = /#(?=#(?:vso|teamcity)?\[)/gi;

/**
 * Lines for a terminal or the log of a CI service, without anything that such a service reads as a command:
 *
 * - GitHub Actions: a line that begins with `::`, after any blanks, and `##[` anywhere
 *   (https://docs.github.com/actions/reference/workflow-commands);
 * - Azure Pipelines: `##vso[` and `##[` (https://learn.microsoft.com/azure/devops/pipelines/scripts/logging-commands);
 * - TeamCity: `##teamcity[` (https://www.jetbrains.com/help/teamcity/service-messages.html).
 */
export function printableLines(text: string): string {
  return text
    .split("\n")
    .map((line) =>
      printable(line)
        .replace(/^(\s*)::/u, "$1\\u003a:")
        .replace(COMMAND_MARK, "\\u0023"),
    )
    .join("\n");
}
