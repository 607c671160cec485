import { countsOf, type Finding, findingAt } from "../../findings/finding.ts";
import { githubOf } from "../../findings/formats/github.ts";
import { junitOf } from "../../findings/formats/junit.ts";
import { type LineFixes, sarifOf } from "../../findings/formats/sarif.ts";
import type { FindingReport } from "../../findings/report.ts";
import type { FixedFiles } from "../../lint/fixes/fix-files.ts";
import { safeFix } from "../../lint/fixes/safe-fix.ts";
import type { LintReport } from "../../lint/lint.ts";
import { type DirectoryLinter, directoryLinter } from "../../machine/lint-directory.ts";
import { repositoryPaths } from "../../machine/repository-paths.ts";
import { KINDS } from "../../registry/kinds.ts";
import { resolveService } from "../../service/resolved-service.ts";
import type { Service } from "../../service/service.ts";
import { linesOf } from "../../text/place.ts";
import type { StageArguments } from "../terminal/common-options.ts";
import type { Context } from "../terminal/context.ts";
import { EXIT, type ExitCode } from "../terminal/exit-code.ts";
import type { CheckJson } from "../terminal/json-contract.ts";
import { type PolicyOptions, placeIn, sayIfLarge, unreadable } from "../terminal/policy-options.ts";
import { findingJson, placeJson } from "./finding-json.ts";
import { mendDirectory } from "./mend-directory.ts";
import { prettyOf, printFixes } from "./pretty-findings.ts";
import { readLines } from "./source-lines.ts";

export interface CheckArguments extends StageArguments, PolicyOptions {
  readonly format: "pretty" | "json" | "sarif" | "github" | "junit";
  readonly service?: true;
  readonly fix?: true;
  readonly maxWarnings?: number;
  /** How many are printed for people; 0 for all. */
  readonly maxFindings?: number;
}

/** `claimgate check`. @throws CommandError */
export async function runCheck(context: Context, options: CheckArguments): Promise<ExitCode> {
  const place = placeIn(context, options);
  const service = options.service === true ? await serviceOf(context, options) : undefined;
  const fresh = () => linterOf(context, options, service);
  const linter = fresh();
  sayIfLarge(context, linter.files);
  const {
    files,
    applied,
    report: linted,
  } = options.fix === true
    ? mendDirectory(place, linter, fresh)
    : { files: linter.files, applied: [], report: linter.lint(linter.files) };
  const { report, fixes } = reportOf(linted, files);
  const { output } = context;
  const inRepository = repositoryPaths(context.directory);
  switch (options.format) {
    case "json":
      output.json(jsonOf(report, fixes, applied));
      break;
    case "sarif":
      output.json(sarifOf(report.findings, KINDS, fixes, inRepository));
      break;
    case "github":
      output.screen.document(githubOf(report.findings, inRepository));
      break;
    case "junit":
      output.screen.document(junitOf(report.findings, inRepository));
      break;
    case "pretty":
      printFixes(output.screen, applied);
      prettyOf(output.screen, report, readLines(place), fixes.size, options.maxFindings);
  }
  return exitCodeOf(report, options);
}

/** What the linter found as findings, and what `--fix` would make of the line of each that it mends. */
function reportOf(
  { findings, switchedOff, ignored }: LintReport,
  files: DirectoryLinter["files"],
): { readonly report: FindingReport; readonly fixes: LineFixes } {
  const lines = new Map(files.map(({ path, text }) => [path, linesOf(text)]));
  const fixes = new Map<Finding, { before: string; after: readonly string[] }>();
  const placed = findings.map((one) => {
    const finding = findingAt(one);
    const before = lines.get(one.file)?.[one.line - 1];
    // Of a file that is rewritten as a whole, its line is as good as any.
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

async function serviceOf(
  { directory, output }: Context,
  { stage, region, param }: CheckArguments,
): Promise<Service> {
  output.progress("Reading serverless.yml ...");
  return (await resolveService({ directory, stage, region, params: param })).service;
}

/** What the file system refuses is no finding: there is nothing to lint. @throws CommandError `policies_unreadable` */
function linterOf(context: Context, options: PolicyOptions, service: Service | undefined): DirectoryLinter {
  try {
    return directoryLinter(placeIn(context, options), service);
  } catch (cause) {
    throw unreadable(context, options, cause);
  }
}

function exitCodeOf(
  { findings }: FindingReport,
  { maxWarnings = Number.POSITIVE_INFINITY }: CheckArguments,
): ExitCode {
  const { errors, warnings } = countsOf(findings);
  if (errors > 0) return EXIT.policyInvalid;
  return warnings > maxWarnings ? EXIT.no : EXIT.ok;
}
