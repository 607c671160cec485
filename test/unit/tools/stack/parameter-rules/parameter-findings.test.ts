import { printFinding } from "../../../../../src/tools/findings/finding.ts";
import {
  parameterFindings,
  parameterFindingsIn,
} from "../../../../../src/tools/stack/parameter-rules/parameter-findings.ts";
import { stageParameters } from "../../../../../src/tools/stack/stage-parameters.ts";
import { serviceParams } from "../../../../support/stage.ts";

const found = (...options: readonly string[]) =>
  parameterFindings(stageParameters(serviceParams, "dev", options), "us-east-1").map(printFinding);

describe("the parameters of a stage", () => {
  it("have no findings as they are shipped", () => {
    expect(found()).toEqual([]);
  });

  it.each([
    [
      "deletionProtection=yes",
      "parameter deletionProtection: is `yes`; expected one of `ACTIVE`, `INACTIVE` [parameter-value]",
    ],
    [
      "deletionProtectio=ACTIVE",
      "parameter deletionProtectio: is used by nothing: did you mean `deletionProtection`? [parameter-unknown]",
    ],
    ["dashboard=true", "parameter dashboard: was removed with the dashboard: delete it [parameter-unknown]"],
    [
      "corsOrigins=*,https://app.example",
      "parameter corsOrigins: `corsOrigins` has both `*`, which allows every origin, and other origins [parameter-combination]",
    ],
  ])("are findings of their own: %s", (option, line) => {
    expect(found(option)).toEqual([line]);
  });

  it("are read again from what the framework says", () => {
    const findings = parameterFindings(
      stageParameters(serviceParams, "dev", ["guestAcces=true", "deletionProtection=yes"]),
      "us-east-1",
    );
    const said = `serverless could not resolve the service:\n${findings.map(printFinding).join("\n")}\n\n  more [unknown]`;
    expect(findings).toHaveLength(2);
    expect(parameterFindingsIn(said)).toEqual(findings);
    expect(parameterFindingsIn("cannot resolve variable at `x` [y]")).toEqual([]);
  });
});
