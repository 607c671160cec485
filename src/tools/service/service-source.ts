import { type JsonObject, objectOf, textOf, textsOf } from "../../json.ts";
import { functionIds } from "../cloudformation/logical-names.ts";
import { type Resource, resourcesIn } from "../cloudformation/template.ts";
import { namedBy } from "../cloudformation/values.ts";
import { type FunctionBuilder, functionBuilder } from "./function-builder.ts";
import { pluginNames } from "./plugins.ts";

/** The parts of a resolved serverless.yml that the readers share. */
export interface ServiceSource {
  readonly provider: JsonObject;
  readonly custom: JsonObject;
  /** The section `package`. */
  readonly packaging: JsonObject;
  /** What builds the functions; undefined if nothing does. */
  readonly builder: FunctionBuilder | undefined;
  readonly functions: readonly ServiceFunction[];
  readonly resources: ReadonlyMap<string, Resource>;
  /** The conditions that `resources` declares. */
  readonly conditions: JsonObject;
  /** The names of the parameters that `resources` declares. */
  readonly parameters: readonly string[];
  /** The variables of every function, including the provider's. */
  readonly environments: readonly JsonObject[];
  /** Logical ids of the app clients that the stage has switched off; the plugin leaves them in `custom.claimgate`. */
  readonly clientsSwitchedOff: readonly string[];
}

export interface ServiceFunction {
  readonly name: string;
  /** Everything that serverless.yml says of it. */
  readonly definition: JsonObject;
  readonly environment: JsonObject;
  readonly events: readonly JsonObject[];
}

/** Splits the resolved configuration into its parts. Sections that are lists are merged, as the framework does. */
export function sourceOf(resolved: unknown): ServiceSource {
  const configuration = objectOf(resolved);
  const provider = objectOf(configuration["provider"]);
  const custom = objectOf(configuration["custom"]);
  const sections = [configuration["resources"]].flat().map(objectOf);
  const functions = [configuration["functions"]]
    .flat()
    .flatMap((part) => Object.entries(objectOf(part)))
    .map(([name, value]) => functionOf(name, objectOf(value), objectOf(provider["environment"])));
  return {
    provider,
    custom,
    packaging: objectOf(configuration["package"]),
    builder: functionBuilder(pluginNames(configuration["plugins"]), configuration["build"]),
    functions,
    resources: new Map(sections.flatMap((section) => [...resourcesIn(objectOf(section["Resources"]))])),
    conditions: Object.fromEntries(
      sections.flatMap((section) => Object.entries(objectOf(section["Conditions"]))),
    ),
    parameters: sections.flatMap((section) => Object.keys(objectOf(section["Parameters"]))),
    environments: functions.map(({ environment }) => environment),
    clientsSwitchedOff: textsOf(objectOf(custom["claimgate"])["clientsSwitchedOff"]),
  };
}

function functionOf(name: string, definition: JsonObject, shared: JsonObject): ServiceFunction {
  const events: unknown = definition["events"];
  return {
    name,
    definition,
    environment: { ...shared, ...objectOf(definition["environment"]) },
    events: Array.isArray(events) ? events.map(objectOf) : [],
  };
}

/**
 * Whether a function decides by the policy: its configuration names the pool to trust. If no function has one, all
 * may.
 */
export function isClaimgateAuthorizer({ functions }: ServiceSource, name: string): boolean {
  const told = functions.filter(({ environment }) => environment["CLAIMGATE_USER_POOL_ID"] !== undefined);
  return told.length === 0 || told.some((one) => one.name === name);
}

/** The variables of a function; none if the service has no function of that name. */
export function variablesOf({ functions }: ServiceSource, name: string | undefined): JsonObject {
  return functions.find((one) => one.name === name)?.environment ?? {};
}

/** The function that an authorizer's URI names, through the framework's logical name. */
export function functionInUri({ functions }: ServiceSource, uri: unknown): string | undefined {
  const named = namedBy(uri);
  return functions.find(({ name }) => named.includes(functionIds(name).function))?.name;
}

/** A number, also if it is written as a string. */
export function numberOf(value: unknown): number | undefined {
  if (typeof value === "number") return value;
  const text = textOf(value);
  return text !== undefined && /^\d+$/.test(text) ? Number(text) : undefined;
}
