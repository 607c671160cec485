import { readFileSync } from "node:fs";
import { parse } from "yaml";
import { COMBINATION_RULES } from "../../src/tools/stack/parameter-rules/combination-rules.ts";
import { checkCombinations } from "../../src/tools/stack/parameter-rules/parameter-combinations.ts";
import { PARAMETER_RULES } from "../../src/tools/stack/parameter-rules/parameter-rules.ts";
import { checkParameters } from "../../src/tools/stack/parameters.ts";
import { removedParameters } from "../../src/tools/stack/removed-parameters.ts";
import { stageParameters } from "../../src/tools/stack/stage-parameters.ts";

const { params } = parse(readFileSync("serverless.yml", "utf8"), { logLevel: "error" }) as {
  readonly params: Readonly<Record<string, object>>;
};

/** The `params` of serverless.yml. */
export const serviceParams: unknown = params;

/** What `sls` says of a stage of serverless.yml with these `--param` values, deployed to eu-west-1. */
export function faultsOf(given: Readonly<Record<string, string>>, stage = "dev"): string[] {
  const options = Object.entries(given).map(([name, value]) => `${name}=${value}`);
  const { values, known, given: names } = stageParameters(params, stage, options);
  const removed = removedParameters(values.keys()).map(({ message }) => message);
  if (removed.length > 0) return removed;
  const faults = checkParameters(PARAMETER_RULES, known, names, values);
  const together =
    faults.length > 0
      ? faults
      : checkCombinations(COMBINATION_RULES, { values, given: names, region: "eu-west-1" });
  return together.map(({ message }) => message);
}
