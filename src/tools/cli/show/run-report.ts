import { basename, dirname } from "node:path";
import { loadPolicy } from "../../../policy/load.ts";
import { parsePolicy } from "../../../policy/parse.ts";
import type { Policy } from "../../../policy/policy.ts";
import { accessHolders } from "../../access/access-holders.ts";
import { emptyPattern, type MatrixLimits } from "../../access/name-pattern.ts";
import { lintDirectory } from "../../checking/lint-directory.ts";
import type { LineFinding } from "../../findings/finding.ts";
import { parseGroupsFile } from "../../lint/groups-file.ts";
import { type PolicyPlace, readGroupsFile } from "../../machine/policy-files.ts";
import { runTestFiles } from "../../policy-tests/results.ts";
import {
  type AccessReport,
  accessReport,
  type CoverageReport,
  type ReportInput,
} from "../../report/access-report.ts";
import { reportPage } from "../../report/page.ts";
import { counted } from "../../text/counted.ts";
import type { CommonOptions } from "../terminal/common-options.ts";
import type { Context } from "../terminal/context.ts";
import { EXIT, type ExitCode } from "../terminal/exit-code.ts";
import { type PolicyOptions, placeIn, policiesOf, readPolicies } from "../terminal/policy-options.ts";
import { matchingFiles } from "../test/matching-files.ts";
import { readTests, testFiles, testsOf } from "../test/read-tests.ts";
import type { ReportJson } from "./show-contract.ts";
import { writePage } from "./write-page.ts";

export interface ReportArguments extends CommonOptions, PolicyOptions {
  readonly output: string;
  /** A name of a route, or a pattern with `*`; the same for the subjects. */
  readonly onlyRows?: string;
  readonly onlyColumns?: string;
}

/** `claimgate report -o FILE.html`. @throws CommandError, PolicyError */
export async function runReport(context: Context, options: ReportArguments): Promise<ExitCode> {
  const { output, env } = context;
  const policies = policiesOf(context, options);
  const sources = readPolicies(context, options);
  const loaded = { policy: loadPolicy(sources), rows: parsePolicy(sources.rows).rows };
  const report = reportOn(loaded, placeIn(context, options), coverageOf(context, loaded, policies), {
    rows: options.onlyRows,
    columns: options.onlyColumns,
  });
  for (const line of emptyFilters(loaded.policy, options)) output.notes.line(line);
  const about = `${basename(dirname(policies))}/${basename(policies)}`;
  const page = reportPage(report, { about, date: dateOf(env["SOURCE_DATE_EPOCH"], new Date()) });
  if (options.output === "-") {
    output.screen.document(page);
    return EXIT.ok;
  }
  writePage(context, options.output, page, "report");
  const { routes, holders, findings, coverage } = report;
  const summary: ReportJson = {
    file: options.output,
    bytes: Buffer.byteLength(page),
    routes: routes.length,
    holders: holders.length,
    findings: findings.length,
    coverage: coverage?.percent ?? null,
  };
  if (output.format === "json") output.json(summary);
  else {
    const tested = coverage === undefined ? "no tests" : `${coverage.percent} % of the rows tested`;
    output.screen.line(
      `${options.output}: ${counted(routes.length, "route")}, ${counted(holders.length, "subject")}, ${counted(findings.length, "finding")}, ${tested}`,
    );
  }
  return EXIT.ok;
}

function emptyFilters(policy: Policy, { onlyRows, onlyColumns }: ReportArguments): readonly string[] {
  const subjects = accessHolders(policy).map(({ subject }) => subject);
  return [
    emptyPattern("--only-rows", onlyRows, [...policy.routeEntries.keys()]),
    emptyPattern("--only-columns", onlyColumns, subjects),
  ].filter((line) => line !== undefined);
}

type LoadedRows = Pick<ReportInput, "policy" | "rows">;

function reportOn(
  loaded: LoadedRows,
  place: PolicyPlace,
  coverage: CoverageReport | undefined,
  limits: MatrixLimits,
): AccessReport {
  const groupsFile = readGroupsFile(place);
  const groups = groupsFile === undefined ? [] : parseGroupsFile(groupsFile.path, groupsFile.text).groups;
  return accessReport({
    ...loaded,
    findings: findingsOf(place),
    descriptions: new Map(
      (groups ?? []).flatMap(({ name, description }) =>
        description === undefined ? [] : [[name, description.text] as const],
      ),
    ),
    coverage,
    limits,
  });
}

/** The coverage of its tests; undefined if it has none. @throws CommandError if a test is invalid */
function coverageOf(
  { directory }: Context,
  loaded: LoadedRows,
  policies: string,
): CoverageReport | undefined {
  const pattern = testsOf(directory, policies);
  const { files, refused } = matchingFiles(directory, pattern);
  if (files.length + refused.length === 0) return undefined;
  const tests = readTests(loaded.policy, testFiles(directory, [pattern], pattern), directory);
  const { passed, failed, coverage } = runTestFiles(loaded.policy, loaded.rows, tests);
  const { covered, total, percent, rows } = coverage;
  return { passed, failed, covered, total, percent, uncovered: rows.filter(({ hits }) => hits === 0) };
}

function findingsOf(place: PolicyPlace): readonly LineFinding[] {
  const { errors, warnings } = lintDirectory(place, undefined);
  return [
    ...errors.map((finding) => ({ ...finding, severity: "error" as const })),
    ...warnings.map((finding) => ({ ...finding, severity: "warning" as const })),
  ];
}

/**
 * The current day in UTC, or the one of SOURCE_DATE_EPOCH (https://reproducible-builds.org/specs/source-date-epoch).
 */
function dateOf(epoch: string | undefined, now: Date): string {
  const date = epoch !== undefined && /^\d{1,11}$/.test(epoch) ? new Date(Number(epoch) * 1000) : now;
  return date.toISOString().slice(0, 10);
}
