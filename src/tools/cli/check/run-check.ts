import { type DirectoryLinter, directoryLinter } from "../../checking/lint-directory.ts";
import { countsOf, type Finding, findingAt } from "../../findings/finding.ts";
import type { LineFixes } from "../../findings/formats/sarif.ts";
import { type FindingReport, joinReports } from "../../findings/report.ts";
import type { FixedFiles } from "../../lint/fixes/fix-files.ts";
import { safeFix } from "../../lint/fixes/safe-fix.ts";
import type { LintReport } from "../../lint/lint.ts";
import type { Service } from "../../service/service.ts";
import { linesOf } from "../../text/place.ts";
import type { StageArguments } from "../terminal/common-options.ts";
import type { Context } from "../terminal/context.ts";
import { EXIT, type ExitCode } from "../terminal/exit-code.ts";
import { type PolicyOptions, placeIn, sayIfLarge, unreadable } from "../terminal/policy-options.ts";
import type { CheckJson } from "./check-contract.ts";
import { findingJson, placeJson } from "./finding-json.ts";
import { fixDirectory } from "./fix-directory.ts";
import { prettyOf, printFixes } from "./pretty-findings.ts";
import { printFindingFormat } from "./print-finding-format.ts";
import { NOT_READ, type ReadService, readServiceOf } from "./read-service-of.ts";
import { readLines } from "./source-lines.ts";

export interface CheckArguments extends StageArguments, PolicyOptions {
  readonly format: "pretty" | "json" | "sarif" | "github" | "junit";
  readonly service?: true;
  /** The output folder of `sls package`, or true for the default folder. */
  readonly packaged?: string | true;
  readonly deployed?: true;
  readonly fix?: true;
  readonly maxWarnings?: number;
  /** How many findings to print in the format for people; 0 for all. */
  readonly maxFindings?: number;
}

/** `claimgate check`. @throws CommandError */
export async function runCheck(context: Context, options: CheckArguments): Promise<ExitCode> {
  const place = placeIn(context, options);
  const { service, refused } = options.service === true ? await serviceOf(context, options) : NOT_READ;
  const fresh = () => linterOf(context, options, service);
  const linter = fresh();
  sayIfLarge(context, linter.files);
  const {
    files,
    applied,
    report: linted,
  } = options.fix === true
    ? fixDirectory(place, linter, fresh)
    : { files: linter.files, applied: [], report: linter.lint(linter.files) };
  const { report: editing, fixes } = reportOf(linted, files);
  const { reports, unread } = await otherOccasions(context, options);
  const report = joinReports([editing, { findings: refused, switchedOff: [], ignored: [] }, ...reports]);
  const { output } = context;
  switch (options.format) {
    case "json":
      output.json(jsonOf(report, fixes, applied));
      break;
    case "pretty":
      printFixes(output.screen, applied);
      prettyOf(output.screen, report, readLines(place), fixes.size, options.maxFindings);
      break;
    case "sarif":
    case "github":
    case "junit":
      printFindingFormat(context, options.format, report.findings, fixes);
  }
  for (const line of unread) output.notes.line(line);
  return exitCodeOf(report, options, unread.length > 0);
}

/** What `claimgate check --service` finds in the policy and in serverless.yml. @throws CommandError */
export async function serviceReport(
  context: Context,
  options: StageArguments & PolicyOptions,
): Promise<FindingReport> {
  const { service, refused } = await serviceOf(context, options);
  const linter = linterOf(context, options, service);
  const { report } = reportOf(linter.lint(linter.files), linter.files);
  return joinReports([report, { findings: refused, switchedOff: [], ignored: [] }]);
}

/** The findings of the package and of the stage, if they are requested. */
async function otherOccasions(
  context: Context,
  options: CheckArguments,
): Promise<{ readonly reports: readonly FindingReport[]; readonly unread: readonly string[] }> {
  const folder = options.packaged === true ? ".serverless" : options.packaged;
  if (folder === undefined && options.deployed === undefined) return { reports: [], unread: [] };
  // The AWS clients take longer to load than linting a policy takes.
  const { deployedReport, packagedReport } = await import("./other-occasions.ts");
  const packaged = folder === undefined ? [] : [packagedReport(context, options, folder)];
  if (options.deployed === undefined) return { reports: packaged, unread: [] };
  const deployed = await deployedReport(context, {
    ...options,
    ...(folder !== undefined && { package: folder }),
  });
  return { reports: [...packaged, deployed], unread: deployed.unread };
}

/** The linter's findings, and the line that `--fix` would write for each one that it fixes. */
function reportOf(
  { findings, switchedOff, ignored }: LintReport,
  files: DirectoryLinter["files"],
): { readonly report: FindingReport; readonly fixes: LineFixes } {
  const lines = new Map(files.map(({ path, text }) => [path, linesOf(text)]));
  const fixes = new Map<Finding, { before: string; after: readonly string[] }>();
  const placed = findings.map((one) => {
    const finding = findingAt(one);
    const before = lines.get(one.file)?.[one.line - 1];
    // If a file is rewritten as a whole, any of its lines will do.
    const after = one.rule === "spreadsheet-file" ? [before ?? ""] : safeFix(one, before ?? "");
    if (before !== undefined && after !== undefined) fixes.set(finding, { before, after });
    return finding;
  });
  const unplaced = ignored.map(({ rule, file, line, reason }) => ({
    id: rule,
    place: { kind: "file", file, line, column: 1 } as const,
    reason,
  }));
  return { report: { findings: placed, switchedOff, ignored: unplaced }, fixes };
}

function jsonOf(
  { findings, switchedOff, ignored }: FindingReport,
  fixes: LineFixes,
  fixed: FixedFiles["applied"],
): CheckJson {
  return {
    ...countsOf(findings),
    findings: findings.map((finding) => ({ ...findingJson(finding), fixable: fixes.has(finding) })),
    switchedOff,
    ignored: ignored.map(({ id, place, reason }) => ({ rule: id, ...placeJson(place), reason })),
    fixed,
  };
}

function serviceOf(
  { directory, output }: Context,
  { stage, region, param }: StageArguments,
): Promise<ReadService> {
  output.progress("Reading serverless.yml ...");
  return readServiceOf({ directory, stage, region, params: param });
}

/**
 * An error of the file system is not a finding: there is nothing to lint. @throws CommandError `policies_unreadable`
 */
function linterOf(context: Context, options: PolicyOptions, service: Service | undefined): DirectoryLinter {
  try {
    return directoryLinter(placeIn(context, options), service);
  } catch (cause) {
    throw unreadable(context, options, cause);
  }
}

/** Only files that people edit can make a policy invalid; a package or a deployment has another exit status. */
function exitCodeOf(
  { findings }: FindingReport,
  { maxWarnings = Number.POSITIVE_INFINITY }: CheckArguments,
  unread: boolean,
): ExitCode {
  const { errors, warnings } = countsOf(findings);
  if (findings.some(({ severity, place }) => severity === "error" && place.kind === "file")) {
    return EXIT.policyInvalid;
  }
  if (errors > 0 || warnings > maxWarnings) return EXIT.no;
  return unread ? EXIT.couldNotRun : EXIT.ok;
}
