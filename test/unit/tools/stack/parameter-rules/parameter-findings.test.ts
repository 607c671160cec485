import { printFinding } from "../../../../../src/tools/findings/finding.ts";
import { servicePlaces } from "../../../../../src/tools/service/service-places.ts";
import { parameterFindings } from "../../../../../src/tools/stack/parameter-rules/parameter-findings.ts";
import { stageParameters } from "../../../../../src/tools/stack/stage-parameters.ts";
import { serviceParams } from "../../../../support/stage.ts";

const placeOf = () => ({ file: "serverless.yml", line: 1, column: 1 });

const found = (...options: readonly string[]) =>
  parameterFindings(stageParameters(serviceParams, "dev", options), "us-east-1", placeOf).map(printFinding);

describe("the parameters of a stage", () => {
  it("have no findings as they are shipped", () => {
    expect(found()).toEqual([]);
  });

  it.each([
    [
      "deletionProtection=yes",
      "--param deletionProtection: parameter `deletionProtection` is `yes`; expected one of `ACTIVE`, `INACTIVE` [parameter-value]",
    ],
    [
      "deletionProtectio=ACTIVE",
      "--param deletionProtectio: unknown parameter `deletionProtectio`; did you mean `deletionProtection`? [parameter-unknown]",
    ],
    [
      "corsOrigins=*,https://app.example",
      "--param corsOrigins: parameter `corsOrigins` has both `*`, which allows every origin, and other origins; write one or the other [parameter-combination]",
    ],
  ])("are findings on the command line: %s", (option, line) => {
    expect(found(option)).toEqual([line]);
  });

  it("are findings where serverless.yml sets the value in force", () => {
    const text = `service: orders
params:
  default:
    deletionProtection: no
    mfaSms: maybe
  dev:
    mfaSms: perhaps
  prod:
    mfaSms: later
`;
    const params = {
      default: { deletionProtection: "no", mfaSms: "maybe" },
      dev: { mfaSms: "perhaps" },
      prod: { mfaSms: "later" },
    };
    const { at } = servicePlaces("serverless.yml", text, () => undefined);
    const findings = parameterFindings(stageParameters(params, "dev"), "us-east-1", at);
    expect(findings.map(printFinding)).toEqual([
      "serverless.yml:4:5: parameter `deletionProtection` is `no`; expected one of `ACTIVE`, `INACTIVE` [parameter-value]",
      "serverless.yml:7:5: parameter `mfaSms` is `perhaps`; expected one of `true`, `false` [parameter-value]",
    ]);
  });
});
