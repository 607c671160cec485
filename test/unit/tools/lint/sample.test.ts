import { printFinding } from "../../../../src/policy/finding.ts";
import { lint } from "../../../../src/tools/lint/lint.ts";
import { readPolicyDirectory } from "../../../../src/tools/machine/policy-files.ts";

it("finds nothing in the sample policy", () => {
  const { findings } = lint(readPolicyDirectory("policies"), { service: undefined, switchedOff: new Map() });
  expect(findings.map(printFinding)).toEqual([]);
});
