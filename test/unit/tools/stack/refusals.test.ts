import { printFinding } from "../../../../src/tools/findings/finding.ts";
import { environmentFindings } from "../../../../src/tools/stack/function-environment.ts";
import { providerFindings } from "../../../../src/tools/stack/identity-providers.ts";
import { parameterFindings } from "../../../../src/tools/stack/parameter-rules/parameter-findings.ts";
import { refusalsIn } from "../../../../src/tools/stack/refusals.ts";
import { stageParameters } from "../../../../src/tools/stack/stage-parameters.ts";
import { serviceParams } from "../../../support/stage.ts";

const placeOf = () => ({ file: "my service/serverless.yml", line: 12, column: 7 });

it("findings of parameters, environments and identity providers are read again from what the framework says", () => {
  const options = ["guestAcces=true", "deletionProtectio=ACTIVE"];
  const functions = {
    orders: { environment: { CLAIMGATE_REPORT_ONLY: "yes", CLAIMGATE_REPORT_ONYL: "yes" } },
  };
  const untrusted = stageParameters(serviceParams, "dev", ['trustedProviders={"Okta":[]}']);
  const findings = [
    ...parameterFindings(stageParameters(serviceParams, "dev", options), "us-east-1", placeOf),
    ...environmentFindings({ functions, provider: {}, resources: {} }, placeOf),
    ...providerFindings({}, untrusted, placeOf),
  ];
  const said = `serverless could not resolve the service:\n${findings.map(printFinding).join("\n")}\n\n  more [unknown]`;
  expect(findings).toHaveLength(5);
  expect(refusalsIn(said)).toEqual(findings);
  expect(refusalsIn("cannot resolve variable at `x` [y]")).toEqual([]);
});
