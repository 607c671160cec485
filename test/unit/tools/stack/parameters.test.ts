import { readFileSync } from "node:fs";
import { parse } from "yaml";
import {
  PARAMETER_NAMES,
  PARAMETER_RULES,
} from "../../../../src/tools/stack/parameter-rules/parameter-rules.ts";
import { checkParameters, ON_OFF } from "../../../../src/tools/stack/parameters.ts";
import { stageParameters } from "../../../../src/tools/stack/stage-parameters.ts";

const rules = new Map([
  ["guests", ON_OFF],
  ["minutes", { range: [5, 60] as const }],
  ["arn", { pattern: { test: /^arn:/, expected: "an ARN" } }],
]);

function faults(params: unknown, stage: string, options: readonly string[] = []): string[] {
  return checkParameters(rules, stageParameters(params, stage, options).values).map(({ message }) => message);
}

const DEFAULTS = { guests: "false", minutes: 15, arn: "", own: ["anything"] };

describe("the parameters of a stage", () => {
  it("are taken from the command, then the stage, then the default", () => {
    const params = { default: DEFAULTS, prod: { minutes: "30", arn: null, guests: "true" } };
    const { values } = stageParameters(params, "prod", ["guests=false"]);
    expect(Object.fromEntries(values)).toEqual({
      guests: "false",
      minutes: "30",
      arn: "",
      own: '["anything"]',
    });
  });

  it("may hold what they may hold, and what the service adds for itself", () => {
    expect(faults({ default: DEFAULTS, prod: { own: "x" } }, "prod", ["arn=arn:aws:s3"])).toEqual([]);
  });

  it.each([
    ["guests=yes", "parameter `guests` is `yes`; expected one of `true`, `false`"],
    ["minutes=4", "parameter `minutes` is `4`; expected a whole number from 5 to 60"],
    ["minutes=61", "parameter `minutes` is `61`; expected a whole number from 5 to 60"],
    ["minutes=1e1", "parameter `minutes` is `1e1`; expected a whole number from 5 to 60"],
    ["arn=x", "parameter `arn` is `x`; expected an ARN"],
  ])("refuse %s", (option, message) => {
    expect(faults({ default: DEFAULTS }, "dev", [option])).toEqual([message]);
  });
});

describe("serverless.yml", () => {
  const file = parse(readFileSync("serverless.yml", "utf8"), { logLevel: "error" }) as {
    params: Record<string, object>;
  };

  it("has a default for every parameter, and no other default", () => {
    expect(Object.keys(file.params["default"] ?? {}).sort()).toEqual([...PARAMETER_NAMES].sort());
  });

  it("breaks no rule on any stage that it names", () => {
    for (const stage of Object.keys(file.params)) {
      expect(checkParameters(PARAMETER_RULES, stageParameters(file.params, stage).values)).toEqual([]);
    }
  });
});
