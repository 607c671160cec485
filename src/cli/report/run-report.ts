import { writeFileSync } from "node:fs";
import { basename, dirname, resolve } from "node:path";
import { parseGroupsFile } from "../../analysis/groups-file.ts";
import type { LintFinding } from "../../analysis/lint.ts";
import { type AccessReport, accessReport } from "../../analysis/report/access-report.ts";
import type { PolicySources } from "../../policy/compile.ts";
import { loadPolicy } from "../../policy/load.ts";
import { parsePolicy } from "../../policy/parse.ts";
import { CommandError } from "../../runtime/command-error.ts";
import { lintDirectory } from "../../runtime/lint-directory.ts";
import { readGroupsFile } from "../../runtime/policy-files.ts";
import type { CommonOptions } from "../common-options.ts";
import type { Context } from "../context.ts";
import { EXIT, type ExitCode } from "../exit-code.ts";
import { type PolicyOptions, policiesOf, readPolicies } from "../policy-options.ts";
import { reportPage } from "./page.ts";

export interface ReportArguments extends CommonOptions, PolicyOptions {
  readonly output: string;
}

/** `claimgate report -o FILE.html`. @throws CommandError, PolicyError */
export async function runReport(context: Context, options: ReportArguments): Promise<ExitCode> {
  const { output, directory, env } = context;
  const policies = policiesOf(context, options);
  const report = reportOn(readPolicies(context, options), policies);
  const about = `${basename(dirname(policies))}/${basename(policies)}`;
  const page = reportPage(report, { about, date: dateOf(env["SOURCE_DATE_EPOCH"], new Date()) });
  if (options.output === "-") {
    output.screen.text(page);
    return EXIT.ok;
  }
  const file = resolve(directory, options.output);
  write(file, page);
  const { routes, holders, findings } = report;
  const summary = { routes: routes.length, holders: holders.length, findings: findings.length };
  if (output.format === "json")
    output.json({ file: options.output, bytes: Buffer.byteLength(page), ...summary });
  else {
    output.screen.line(
      `${options.output}: ${summary.routes} routes, ${summary.holders} holders, ${summary.findings} findings`,
    );
  }
  return EXIT.ok;
}

function reportOn(sources: PolicySources, policies: string): AccessReport {
  const groupsFile = readGroupsFile(policies);
  const groups = groupsFile === undefined ? [] : parseGroupsFile(groupsFile.path, groupsFile.text).groups;
  return accessReport({
    policy: loadPolicy(sources),
    rows: parsePolicy(sources.rows).rows,
    findings: findingsOf(policies),
    descriptions: new Map(
      (groups ?? []).flatMap(({ name, description }) =>
        description === undefined ? [] : [[name, description.text] as const],
      ),
    ),
    coverage: undefined,
  });
}

function findingsOf(policies: string): readonly LintFinding[] {
  const { errors, warnings } = lintDirectory(policies, undefined);
  return [
    ...errors.map((finding) => ({ ...finding, severity: "error" as const })),
    ...warnings.map((finding) => ({ ...finding, severity: "warning" as const })),
  ];
}

/** The day, in UTC; by https://reproducible-builds.org/specs/source-date-epoch the one that a build is told. */
function dateOf(epoch: string | undefined, now: Date): string {
  const date = epoch !== undefined && /^\d{1,11}$/.test(epoch) ? new Date(Number(epoch) * 1000) : now;
  return date.toISOString().slice(0, 10);
}

/** @throws CommandError `file_not_written` */
function write(file: string, text: string): void {
  try {
    writeFileSync(file, text);
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new CommandError("file_not_written", `the report could not be written: ${why}`, {
      cause,
      fix: "give another file with -o",
    });
  }
}
