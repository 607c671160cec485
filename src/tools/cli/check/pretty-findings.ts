import { FINDINGS_SHOWN } from "../../../policy/finding.ts";
import { countsOf, type Finding, type Severity } from "../../findings/finding.ts";
import { printPlace } from "../../findings/place.ts";
import type { FindingReport } from "../../findings/report.ts";
import { switchName } from "../../findings/switched.ts";
import type { AppliedFix } from "../../lint/fixes/fix-files.ts";
import type { Screen } from "../../machine/screen.ts";
import { counted, number } from "../../text/counted.ts";
import { printable } from "../../text/printable.ts";
import { printCapped } from "../terminal/capped.ts";

const STYLES = { error: "red", warning: "yellow", info: "dim" } as const satisfies Record<Severity, string>;

/** Longer lines are shortened around the place: a terminal would wrap them, and the caret would be misplaced. */
const LONGEST = 100;

/** The fixed lines, before and after. */
export function printFixes(screen: Screen, applied: readonly AppliedFix[]): void {
  for (const { file, line, rule, before, after } of applied.slice(0, FINDINGS_SHOWN)) {
    screen.line(
      `${file}:${line}: ${screen.style("green", after.length === 0 ? "deleted" : "fixed")} [${rule}]`,
    );
    screen.line(`      - ${excerpt(visible(before), 0).shown}`);
    for (const text of after) screen.line(`      + ${excerpt(visible(text), 0).shown}`);
    screen.line();
  }
  const left = applied.length - FINDINGS_SHOWN;
  if (left > 0) screen.line(`... and ${counted(left, "line")} more; --format json has all`);
}

/**
 * Each finding, with its line and a caret if it has one and with its fix; then the number of findings.
 *
 * @param fixable how many of them `--fix` can fix
 * @param most how many to print; 0 for all
 */
export function prettyOf(
  screen: Screen,
  report: FindingReport,
  lines: ReadonlyMap<string, readonly string[]>,
  fixable: number,
  most: number | undefined,
): void {
  const { findings, switchedOff, ignored } = report;
  const print = ({ id, place, severity, message, fix }: Finding) => {
    screen.line(
      `${printable(printPlace(place))}: ${screen.style(STYLES[severity], severity)}: ${printable(message)} [${id}]`,
    );
    const text = place.kind === "file" ? lines.get(place.file)?.[place.line - 1] : undefined;
    if (text !== undefined && place.kind === "file") {
      const { shown, at } = excerpt(visible(text), place.column - 1);
      const number = String(place.line).padStart(5);
      screen.line(`${number} | ${shown}`);
      screen.line(`      | ${" ".repeat(at)}${screen.style(STYLES[severity], "^")}`);
    }
    if (fix !== undefined) screen.line(`        fix: ${printable(fix)}`);
    screen.line();
  };
  printCapped(screen, findings, print, most);
  for (const one of switchedOff) {
    screen.line(printable(`${switchName(one)} is switched off (hides ${one.hidden}): ${one.reason}`));
  }
  for (const { id, place, reason } of ignored) {
    const where = place.kind === "file" ? `${place.file}:${place.line}` : printPlace(place);
    screen.line(`${printable(where)}: ${id} is switched off here: ${printable(reason)}`);
  }
  const { errors, warnings, infos } = countsOf(findings);
  const counts = [
    counted(errors, "error"),
    counted(warnings, "warning"),
    ...(infos > 0 ? [`${number(infos)} info`] : []),
    ...(ignored.length > 0 ? [`${number(ignored.length)} switched off by comments`] : []),
  ];
  screen.line(screen.style(errors > 0 ? "red" : "green", counts.join(", ")));
  if (fixable > 0) screen.line(`claimgate check --fix fixes ${number(fixable)} of them`);
}

/**
 * A tab is one column in an editor and several in a terminal. Other control characters, and those that change the
 * direction of the text, must not affect the terminal. A character without a visible form gets one.
 */
function visible(text: string): string {
  return text.replace(/\p{Cc}/gu, " ").replace(/[\p{Cf}\p{Zl}\p{Zp}]/gu, "\uFFFD");
}

function excerpt(text: string, at: number): { readonly shown: string; readonly at: number } {
  if (text.length <= LONGEST) return { shown: text, at };
  const from = Math.max(0, Math.min(at - LONGEST / 2, text.length - LONGEST));
  return { shown: text.slice(from, from + LONGEST), at: at - from };
}
