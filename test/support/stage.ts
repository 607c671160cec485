import { readFileSync } from "node:fs";
import { parse } from "yaml";
import { COMBINATION_RULES } from "../../src/build/stack/combination-rules.ts";
import { checkCombinations } from "../../src/build/stack/parameter-combinations.ts";
import { PARAMETER_RULES } from "../../src/build/stack/parameter-rules.ts";
import { checkParameters } from "../../src/build/stack/parameters.ts";
import { stageParameters } from "../../src/build/stack/stage-parameters.ts";

const { params } = parse(readFileSync("serverless.yml", "utf8"), { logLevel: "error" }) as {
  readonly params: Readonly<Record<string, object>>;
};

/** What `sls` says of a stage of serverless.yml with these `--param` values, deployed to eu-west-1. */
export function faultsOf(given: Readonly<Record<string, string>>, stage = "dev"): string[] {
  const options = Object.entries(given).map(([name, value]) => `${name}=${value}`);
  const { values, known, given: names } = stageParameters(params, stage, options);
  const faults = checkParameters(PARAMETER_RULES, known, names, values);
  const together =
    faults.length > 0
      ? faults
      : checkCombinations(COMBINATION_RULES, { values, given: names, region: "eu-west-1" });
  return together.map(({ message }) => message);
}
