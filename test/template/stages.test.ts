import { printFinding } from "../../src/tools/findings/finding.ts";
import type { FindingReport } from "../../src/tools/findings/report.ts";
import { checkTemplate } from "../../src/tools/template-checks/check-template.ts";
import { cfnLint, type LintFinding, unexplained } from "./cfn-lint.ts";
import { covers, IGNORED_FINDINGS } from "./ignored-findings.ts";
import { packageVariant } from "./packaging.ts";
import { VARIANTS } from "./variants.ts";

/** What was found in each variant, by its name. */
const reports = new Map<string, FindingReport>();
const linted = new Map<string, readonly LintFinding[]>();

beforeAll(async () => {
  const files: string[] = [];
  // One after the other: a build takes all processors there are.
  for (const variant of VARIANTS) {
    const { template, context, file } = await packageVariant(variant);
    reports.set(variant.name, checkTemplate(template, context));
    files.push(file);
  }
  const findings = await cfnLint(files);
  for (const [index, { name }] of VARIANTS.entries()) linted.set(name, findings[index] ?? []);
}, 900_000);

describe.each(VARIANTS)("stage variant $name", ({ name }) => {
  it("has nothing that cfn-lint finds without an explanation", () => {
    // The framework leaves warnings behind in every template: without any, nothing was linted.
    expect(linted.get(name)).not.toEqual([]);
    expect(unexplained(linted.get(name) ?? [])).toEqual([]);
  });

  it("has nothing that our own checks find, and no note at a resource that hides nothing", () => {
    expect(reports.get(name)?.findings.map(printFinding)).toEqual([]);
  });
});

describe("what is excused", () => {
  it.each(IGNORED_FINDINGS)("$rule at $path is a warning that some stage still has", (ignored) => {
    expect(ignored.rule).toMatch(/^W/);
    expect([...linted.values()].flat().some((finding) => covers(ignored, finding))).toBe(true);
  });
});
