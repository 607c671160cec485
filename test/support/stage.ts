import { readFileSync } from "node:fs";
import { parse } from "yaml";
import { parameterFindings } from "../../src/tools/stack/parameter-rules/parameter-findings.ts";
import { stageParameters } from "../../src/tools/stack/stage-parameters.ts";

const { params } = parse(readFileSync("serverless.yml", "utf8"), { logLevel: "error" }) as {
  readonly params: Readonly<Record<string, object>>;
};

/** The `params` of serverless.yml. */
export const serviceParams: unknown = params;

/** What `sls` says of a stage of serverless.yml with these `--param` values, deployed to eu-west-1. */
export function faultsOf(given: Readonly<Record<string, string>>, stage = "dev"): string[] {
  const options = Object.entries(given).map(([name, value]) => `${name}=${value}`);
  return parameterFindings(stageParameters(params, stage, options), "eu-west-1", topOfFile).map(
    ({ message }) => message,
  );
}

const topOfFile = () => ({ file: "serverless.yml", line: 1, column: 1 });
