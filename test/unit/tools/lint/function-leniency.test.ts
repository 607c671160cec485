import { readTemplate } from "../../../../src/tools/cloudformation/template.ts";
import { createComparison } from "../../../../src/tools/deployment/comparison.ts";
import type { Deployment } from "../../../../src/tools/deployment/facts.ts";
import { functionChecks } from "../../../../src/tools/deployment/function-checks.ts";

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
  const comparison = createComparison(
    "dev",
    { template, artefacts: new Map() } as unknown as Parameters<typeof createComparison>[1],
    deployment as unknown as Deployment,
  );
  return functionChecks(comparison)
    .filter(({ status }) => status !== "ok")
    .map(({ name, status }) => `${name}: ${status}`);
}

test("an authorizer that only reports, or that fails open, is a warning", () => {
  expect(warnings({ CLAIMGATE_REPORT_ONLY: "true", CLAIMGATE_REVOCATION_ON_FAILURE: "open" })).toEqual([
    "function-report-only: warn",
    "function-fails-open: warn",
  ]);
  expect(warnings({ CLAIMGATE_REPORT_ONLY: "false", CLAIMGATE_REVOCATION_ON_FAILURE: "closed" })).toEqual([]);
  expect(warnings({})).toEqual([]);
});
