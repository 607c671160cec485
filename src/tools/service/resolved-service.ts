import { readFileSync } from "node:fs";
import { join } from "node:path";
import { objectOf, textOf } from "../../json.ts";
import { runFramework, type StageOptions, serviceFileIn } from "./framework.ts";
import { includedFiles } from "./included-file.ts";
import { lintsPackaging, pluginNames } from "./plugins.ts";
import { withGraphqlSchemas } from "./read-graphql.ts";
import { readService } from "./read-service.ts";
import { refreshTokenDays } from "./refresh-token-days.ts";
import type { Service } from "./service.ts";
import { type ServicePlaces, servicePlaces } from "./service-places.ts";
import { type ServiceSource, sourceOf } from "./service-source.ts";

/** serverless.yml as the framework resolves it for a stage. */
export interface ResolvedService {
  /** The facts about it that rules need. */
  readonly service: Service;
  readonly stage: string;
  readonly region: string;
  /** The name of its CloudFormation stack. */
  readonly stackName: string;
  /** Key of a function in serverless.yml -> its name in AWS. */
  readonly functionNames: ReadonlyMap<string, string>;
  /** Where a path of names from the top of serverless.yml is written. */
  readonly placeOf: ServicePlaces["at"];
  /** What `service` is read from. */
  readonly source: ServiceSource;
  /** The names of the plugins, in their order. */
  readonly plugins: readonly string[];
  /** Whether a plugin of claimgate lints the policy during packaging. */
  readonly lintsPackaging: boolean;
  /** The longest that a refresh token of its own app clients lives, in days; undefined where that is not known. */
  readonly refreshTokenDays: number | undefined;
  /** The parameters of the stage, `--param` included. */
  readonly params: ReadonlyMap<string, unknown>;
}

/**
 * Asks the framework for the resolved configuration. Nothing is built, and no credentials are needed.
 * @throws CommandError with the message of the framework
 */
export async function resolveService(options: StageOptions): Promise<ResolvedService> {
  const stdout = await runFramework(options, ["print", "--format", "json"]);
  // Plugins may have printed something before it.
  const resolved: unknown = JSON.parse(stdout.slice(stdout.indexOf("{")));
  const file = serviceFileIn(options.directory) ?? "serverless.yml";
  const text = readFileSync(join(options.directory, file), "utf8");
  const included = includedFiles(options.directory);
  const read = readService(resolved, text, file, included);
  const configuration = objectOf(resolved);
  const provider = objectOf(configuration["provider"]);
  const source = sourceOf(resolved);
  const plugins = pluginNames(configuration["plugins"]);
  const stage = textOf(provider["stage"]) ?? options.stage ?? "dev";
  return {
    service: withGraphqlSchemas(read, resolved, options.directory),
    stage,
    region: textOf(provider["region"]) ?? options.region ?? "us-east-1",
    stackName: textOf(provider["stackName"]) ?? `${textOf(configuration["service"]) ?? ""}-${stage}`,
    functionNames: functionNames(configuration["functions"]),
    lintsPackaging: lintsPackaging(plugins),
    placeOf: servicePlaces(file, text, included).at,
    source,
    plugins,
    refreshTokenDays: refreshTokenDays(source),
    params: paramsOf(configuration["params"], stage, options.params ?? []),
  };
}

function functionNames(functions: unknown): ReadonlyMap<string, string> {
  const entries = [functions].flat().flatMap((part) => Object.entries(objectOf(part)));
  return new Map(
    entries.flatMap(([key, definition]) => {
      const name = textOf(objectOf(definition)["name"]);
      return name === undefined ? [] : [[key, name] as const];
    }),
  );
}

/** Like the framework: `--param` overrides the stage, and the stage overrides `default`. */
function paramsOf(params: unknown, stage: string, given: readonly string[]): ReadonlyMap<string, unknown> {
  const sections = objectOf(params);
  const fromCommandLine = given.map((param): [string, string] => {
    const at = param.indexOf("=");
    return [param.slice(0, at), param.slice(at + 1)];
  });
  return new Map<string, unknown>([
    ...Object.entries(objectOf(sections["default"])),
    ...Object.entries(objectOf(sections[stage])),
    ...fromCommandLine,
  ]);
}
