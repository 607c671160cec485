import { printTemplateFinding } from "../../src/analysis/template/check.ts";
import { checkTemplate } from "../../src/analysis/template/check-template.ts";
import { EXCEPTIONS } from "../../src/analysis/template/exceptions.ts";
import { cfnLint, type LintFinding, unexplained } from "./cfn-lint.ts";
import { covers, IGNORED_FINDINGS } from "./ignored-findings.ts";
import { type Packaged, packageVariants } from "./packaging.ts";
import { VARIANTS } from "./variants.ts";

let packaged: readonly Packaged[];
let linted: readonly (readonly LintFinding[])[];

beforeAll(async () => {
  packaged = await packageVariants();
  linted = await cfnLint(packaged.map(({ file }) => file));
}, 900_000);

describe.each(VARIANTS.map(({ name }, index) => ({ name, index })))("stage variant $name", ({ index }) => {
  it("has nothing that cfn-lint finds and nobody has explained", () => {
    expect(unexplained(linted[index] ?? [])).toEqual([]);
  });

  it("has nothing that our own checks find", () => {
    const { template, context } = packaged[index] as Packaged;
    expect(checkTemplate(template, context).findings.map(printTemplateFinding)).toEqual([]);
  });
});

describe("what is excused", () => {
  it.each(IGNORED_FINDINGS)("$rule at $path is a warning that some stage still has", (ignored) => {
    expect(ignored.rule).toMatch(/^W/);
    expect(linted.flat().some((finding) => covers(ignored, finding))).toBe(true);
  });

  it("every exception of our own checks is one that some stage still needs", () => {
    const used = packaged.flatMap(({ template, context }) =>
      checkTemplate(template, context).excepted.map(({ exception }) => exception),
    );
    expect(EXCEPTIONS.filter((exception) => !used.includes(exception))).toEqual([]);
  });
});
