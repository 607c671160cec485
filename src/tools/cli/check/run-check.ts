import type { FixedFiles } from "../../lint/fixes/fix-files.ts";
import { safeFix } from "../../lint/fixes/safe-fix.ts";
import type { LintFinding, LintReport } from "../../lint/lint.ts";
import { type DirectoryLinter, directoryLinter } from "../../machine/lint-directory.ts";
import { repositoryPaths } from "../../machine/repository-paths.ts";
import { resolveService } from "../../service/resolved-service.ts";
import type { Service } from "../../service/service.ts";
import { linesOf } from "../../text/place.ts";
import type { StageArguments } from "../terminal/common-options.ts";
import type { Context } from "../terminal/context.ts";
import { EXIT, type ExitCode } from "../terminal/exit-code.ts";
import type { CheckJson } from "../terminal/json-contract.ts";
import { type PolicyOptions, placeIn, sayIfLarge, unreadable } from "../terminal/policy-options.ts";
import { githubOf, junitOf, type LineFixes, sarifOf } from "./check-formats.ts";
import { countsOf } from "./counts.ts";
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
  const { files, applied, report } =
    options.fix === true
      ? mendDirectory(place, linter, fresh)
      : { files: linter.files, applied: [], report: linter.lint(linter.files) };
  const { output } = context;
  const inRepository = repositoryPaths(context.directory);
  switch (options.format) {
    case "json":
      output.json(jsonOf(report, applied, files));
      break;
    case "sarif":
      output.json(sarifOf(report, fixesOf(report, files), inRepository));
      break;
    case "github":
      output.screen.document(githubOf(report, inRepository));
      break;
    case "junit":
      output.screen.document(junitOf(report, inRepository));
      break;
    case "pretty":
      printFixes(output.screen, applied);
      prettyOf(output.screen, report, readLines(place), fixesOf(report, files).size, options.maxFindings);
  }
  return exitCodeOf(report, options);
}

/** What `--fix` would make of the line of each finding that it mends. */
function fixesOf({ findings }: LintReport, files: DirectoryLinter["files"]): LineFixes {
  const lines = new Map(files.map(({ path, text }) => [path, linesOf(text)]));
  return new Map(
    findings.flatMap((finding) => {
      const before = lines.get(finding.file)?.[finding.line - 1];
      const after = before === undefined ? undefined : fixOf(finding, before);
      return before === undefined || after === undefined ? [] : [[finding, { before, after }] as const];
    }),
  );
}

/** Of a file that is rewritten as a whole, its line is as good as any. */
function fixOf(finding: LintFinding, line: string): readonly string[] | undefined {
  return finding.rule === "spreadsheet-file" ? [line] : safeFix(finding, line);
}

function jsonOf(
  report: LintReport,
  fixed: FixedFiles["applied"],
  files: DirectoryLinter["files"],
): CheckJson {
  const mendable = fixesOf(report, files);
  return {
    ...countsOf(report),
    findings: report.findings.map((finding) => {
      const { guide: _, ...told } = finding;
      return { ...told, fixable: mendable.has(finding) };
    }),
    switchedOff: report.switchedOff,
    ignored: report.ignored,
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
  report: LintReport,
  { maxWarnings = Number.POSITIVE_INFINITY }: CheckArguments,
): ExitCode {
  const { errors, warnings } = countsOf(report);
  if (errors > 0) return EXIT.policyInvalid;
  return warnings > maxWarnings ? EXIT.no : EXIT.ok;
}
