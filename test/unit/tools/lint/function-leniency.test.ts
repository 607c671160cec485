import { readTemplate } from "../../../../src/tools/cloudformation/template.ts";
import { bothSides } from "../../../../src/tools/deployment/both-sides.ts";
import type { Deployment } from "../../../../src/tools/deployment/deployed-stage.ts";
import { functionComparisons } from "../../../../src/tools/deployment/function-comparisons.ts";

/** What doctor has against a deployed authorizer with these variables, which are those of its template. */
function warnings(variables: Readonly<Record<string, string>>) {
  const template = readTemplate({
    Resources: {
      Auth: { Type: "AWS::Lambda::Function", Properties: { Environment: { Variables: variables } } },
    },
  });
  const configuration = { FunctionName: "auth", Environment: { Variables: variables } };
  const reading = { read: true, value: { configuration } } as const;
  const deployment = { functions: new Map([["Auth", reading]]), resources: new Map() };
  const sides = bothSides(
    "dev",
    { template, artefacts: new Map() } as unknown as Parameters<typeof bothSides>[1],
    deployment as unknown as Deployment,
  );
  return functionComparisons(sides)
    .filter(({ status }) => status !== "ok")
    .map(({ id, status }) => `${id}: ${status}`);
}

test("an authorizer that only reports, or that fails open, is a warning", () => {
  expect(warnings({ CLAIMGATE_REPORT_ONLY: "true", CLAIMGATE_REVOCATION_ON_FAILURE: "open" })).toEqual([
    "report-only: warn",
    "revocation-fails-open: warn",
  ]);
  expect(warnings({ CLAIMGATE_REPORT_ONLY: "false", CLAIMGATE_REVOCATION_ON_FAILURE: "closed" })).toEqual([]);
  expect(warnings({})).toEqual([]);
});
