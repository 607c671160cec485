import { loadPolicy } from "../../src/policy/load.ts";
import { parsePolicy } from "../../src/policy/parse.ts";
import type { MatrixLimits } from "../../src/tools/access/name-pattern.ts";
import type { CoverageReport } from "../../src/tools/report/access-report.ts";
import { accessReport } from "../../src/tools/report/access-report.ts";
import { reportPage } from "../../src/tools/report/page.ts";
import { MODEL } from "./policy.ts";

/** The report page of a policy in one file. */
export function pageOf(csv: string, coverage?: CoverageReport, limits?: MatrixLimits): string {
  const file = { path: "policies/test.csv", text: csv };
  const report = accessReport({
    policy: loadPolicy({ model: MODEL, rows: [file] }),
    rows: parsePolicy([file]).rows,
    findings: [
      {
        rule: "test-rule",
        severity: "warning",
        file: file.path,
        line: 3,
        column: 1,
        message: 'a <b>finding</b> with "quotes"',
        fix: "fix & go on",
      },
    ],
    descriptions: new Map([["staff", "Whoever <i>works</i> here"]]),
    coverage,
    ...(limits !== undefined && { limits }),
  });
  return reportPage(report, { about: "service/policies", date: "2026-11-26" });
}
