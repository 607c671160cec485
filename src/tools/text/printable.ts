// What a terminal obeys, what turns the direction of a text, and what cannot be seen: controls, formats, lone
// surrogates, separators of lines.
const STEERING = /[\p{C}\p{Zl}\p{Zp}]/gu;

/** Text from outside for a terminal, on one line: what would steer it, or cannot be seen, is spelled out. */
export function printable(text: string): string {
  return text.replace(STEERING, (character) => {
    const code = character.codePointAt(0) ?? 0;
    return code > 0xffff ? `\\u{${code.toString(16)}}` : `\\u${code.toString(16).padStart(4, "0")}`;
  });
}

/** The `#` by which a command to a CI service begins, wherever it is in a line. */
export const COMMAND_MARK = /#(?=#(?:vso|teamcity)?\[)/gi;

/**
 * Lines for a terminal or the log of a CI service, without what such a service takes for a command:
 *
 * - GitHub Actions: a line that begins with `::`, whatever blanks are before it, and `##[` anywhere
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
