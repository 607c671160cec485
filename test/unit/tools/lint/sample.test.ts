import { printFinding } from "../../../../src/policy/finding.ts";
import { directoryLinter } from "../../../../src/tools/checking/lint-directory.ts";

it("finds nothing in the sample policy", () => {
  const { files, lint } = directoryLinter("policies", undefined);
  expect(lint(files).findings.map(printFinding)).toEqual([]);
});
