import { loadPolicy } from "../../../policy/load.ts";
import { parsePolicy } from "../../../policy/parse.ts";
import { removalPatch } from "../../decision-log/removal-patch.ts";
import { createUnused, type NamedRow } from "../../decision-log/unused.ts";
import type { Screen } from "../../machine/screen.ts";
import { counted } from "../../text/counted.ts";
import type { CommonOptions } from "../terminal/common-options.ts";
import type { Context } from "../terminal/context.ts";
import { EXIT, type ExitCode } from "../terminal/exit-code.ts";
import { type PolicyOptions, readPolicies } from "../terminal/policy-options.ts";
import type { UnusedJson } from "./judge-contract.ts";
import { described, printLines } from "./print-replay.ts";
import { periodOf, readLogs, requireDecisions } from "./read-log.ts";

export interface UnusedArguments extends CommonOptions, PolicyOptions {
  readonly format: "pretty" | "json" | "patch";
  readonly since: string;
  readonly until?: string;
}

/** `claimgate unused LOG... --since DATE`. @throws CommandError, PolicyError */
export async function runUnused(
  context: Context,
  logs: readonly string[],
  options: UnusedArguments,
): Promise<ExitCode> {
  const { output } = context;
  const period = periodOf(options.since, options.until, Date.now());
  const sources = readPolicies(context, options);
  const unused = createUnused(loadPolicy(sources), parsePolicy(sources.rows).rows, period);
  await readLogs(logs, output, unused.add);
  const result = unused.result();
  requireDecisions(result.log, result.outsidePeriod);
  const since = period.since ?? 0;
  const report: UnusedJson = {
    since: new Date(since).toISOString(),
    logBeginsLater: result.log.first !== null && Date.parse(result.log.first) - since > 86_400_000,
    ...result,
    patch: removalPatch(sources.rows, linesByFile(result.rows)),
  };
  if (options.format === "json") output.json(report);
  else if (options.format === "patch") printPatch(context, report);
  else printUnused(output.screen, report);
  return EXIT.ok;
}

function linesByFile(rows: readonly NamedRow[]): ReadonlyMap<string, ReadonlySet<number>> {
  const lines = new Map<string, Set<number>>();
  for (const { file, line } of rows) lines.set(file, (lines.get(file) ?? new Set()).add(line));
  return lines;
}

/** Only the patch on standard output; its basis on standard error. */
function printPatch({ output }: Context, report: UnusedJson): void {
  output.screen.document(report.patch);
  output.notes.line(evidence(report));
  if (report.logBeginsLater) output.notes.line(laterThan(report));
}

function printUnused(screen: Screen, report: UnusedJson): void {
  screen.line(evidence(report));
  if (report.logBeginsLater) screen.line(screen.style("yellow", laterThan(report)));
  printRows(screen, "No allowed decision of the log needed", report.rows);
  printRows(screen, "Not visible in any decision log, since they open no route, or a tool", report.unseeable);
  printLines(screen, report.lines, report.outsidePeriod);
  const found = counted(report.rows.length, "unused grant");
  screen.line(`\n${found} of ${counted(report.considered, "grant")} checked; deny rows are never included.`);
  if (report.rows.length === 0) return;
  screen.line(
    "These are hints: a grant that is used once a year, or was added last week, also looks unused.",
  );
  screen.line("--format patch prints the edit that removes them.");
}

function printRows(screen: Screen, heading: string, rows: readonly NamedRow[]): void {
  if (rows.length === 0) return;
  screen.heading(heading);
  for (const { file, line, row } of rows) screen.line(`  ${file}:${line}  ${row}`);
}

function evidence(report: UnusedJson): string {
  return `${described(report.log)}; requested since ${report.since.slice(0, 10)}`;
}

function laterThan({ log, since }: UnusedJson): string {
  return `the log begins on ${(log.first ?? "").slice(0, 10)}, later than ${since.slice(0, 10)}: it does not cover the time before`;
}
