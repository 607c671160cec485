import { basename } from "node:path";
import type { LintReport } from "../../analysis/lint.ts";
import type { Service } from "../../analysis/service.ts";
import { resolveService } from "../../build/resolved-service.ts";
import { CommandError } from "../../runtime/command-error.ts";
import { lintReport } from "../../runtime/lint-directory.ts";
import type { StageArguments } from "../common-options.ts";
import type { Context } from "../context.ts";
import { EXIT, type ExitCode } from "../exit-code.ts";
import { type PolicyOptions, policiesOf } from "../policy-options.ts";
import { githubOf, junitOf, sarifOf } from "./check-formats.ts";
import { countsOf } from "./counts.ts";
import { prettyOf } from "./pretty-findings.ts";
import { readLines } from "./source-lines.ts";

export interface CheckArguments extends StageArguments, PolicyOptions {
  readonly format: "pretty" | "json" | "sarif" | "github" | "junit";
  readonly service?: true;
  readonly maxWarnings?: number;
}

/** `claimgate check`. @throws CommandError */
export async function runCheck(context: Context, options: CheckArguments): Promise<ExitCode> {
  const directory = policiesOf(context, options);
  const service = options.service === true ? await serviceOf(context, options) : undefined;
  const report = reportOn(directory, service);
  const { output } = context;
  switch (options.format) {
    case "json":
      output.json({ ...countsOf(report), findings: report.findings, switchedOff: report.switchedOff });
      break;
    case "sarif":
      output.json(sarifOf(report));
      break;
    case "github":
      output.screen.text(githubOf(report));
      break;
    case "junit":
      output.screen.text(junitOf(report));
      break;
    case "pretty":
      prettyOf(output.screen, report, readLines(directory));
  }
  return exitCodeOf(report, options);
}

async function serviceOf({ directory }: Context, { stage, region, param }: CheckArguments): Promise<Service> {
  return (await resolveService({ directory, stage, region, params: param })).service;
}

/** What the file system refuses is no finding: there is nothing to lint. @throws CommandError `command_usage` */
function reportOn(directory: string, service: Service | undefined): LintReport {
  try {
    return lintReport(directory, service);
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new CommandError(
      "command_usage",
      `the policy in \`${basename(directory)}\` cannot be read: ${why}`,
      {
        cause,
        fix: "give its directory with --policies",
      },
    );
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
