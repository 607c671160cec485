import type { JsonObject } from "../../../json.ts";
import { functionIds } from "../../cloudformation/logical-names.ts";
import type { PlaceOf } from "../../stack/function-environment.ts";
import {
  AUTHORIZER_KINDS,
  type AuthorizerKind,
  authorizerFunction,
  TRIGGERS,
  type TriggerName,
} from "./declared-kinds.ts";
import { isSection } from "./framework.ts";
import { likely, readWrittenSettings, type WrittenSettings } from "./written-settings.ts";

/** `custom.claimgate`, checked. docs/serverless-plugin.md has the table. */
export interface Settings {
  /** The directory of the policy. */
  readonly policies: string;
  /** The directory of a candidate, for a shadow; undefined: none. */
  readonly shadowPolicies: string | undefined;
  /** The compiled policies that functions bundle. */
  readonly compiled: readonly string[];
  /** A logical id, the id of a pool, or a CloudFormation value; undefined if it is not set. */
  readonly userPool: unknown;
  /** Name in `client:` rows -> logical id, id of the app client, or a CloudFormation value. */
  readonly appClients: JsonObject;
  /** Kind -> key of its function. */
  readonly authorizers: ReadonlyMap<AuthorizerKind, string>;
  /** Trigger -> key of its function. */
  readonly triggers: ReadonlyMap<TriggerName, string>;
  readonly groups: boolean;
  readonly scopes: boolean;
  /** The parameters that `resources` declares: a reference to one is not a logical id of a resource. */
  readonly parameters: readonly string[];
  readonly invalid: WrittenSettings["invalid"];
}

const NAMES = [
  "policies",
  "shadowPolicies",
  "compiled",
  "userPool",
  "appClients",
  "authorizers",
  "triggers",
  "groups",
  "scopes",
];

/**
 * @param custom of the service
 * @param parameters of its `resources`
 * @throws SettingError
 */
export function readSettings(
  custom: unknown,
  placeOf: PlaceOf,
  parameters: readonly string[] = [],
): Settings {
  const reading = readWrittenSettings(custom, NAMES, placeOf);
  const authorizers = functionsIn(reading, "authorizers", AUTHORIZER_KINDS, authorizerFunction);
  const triggers = functionsIn(reading, "triggers", TRIGGERS, (name) => name);
  refuseShared(reading, authorizers, triggers);
  return {
    policies: pathIn(reading),
    shadowPolicies: shadowPathIn(reading),
    compiled: pathsIn(reading),
    userPool: userPoolIn(reading),
    appClients: appClientsIn(reading),
    authorizers,
    triggers,
    groups: flagIn(reading, "groups"),
    scopes: flagIn(reading, "scopes"),
    parameters,
    invalid: reading.invalid,
  };
}

const isText = (value: unknown): value is string => typeof value === "string" && value.trim() !== "";

function pathIn({ values: { policies = "policies" }, invalid }: WrittenSettings): string {
  if (isText(policies)) return policies;
  throw invalid(["policies"], "is not a directory", "expected a path such as `policies`");
}

function shadowPathIn({ values: { shadowPolicies }, invalid }: WrittenSettings): string | undefined {
  if (shadowPolicies === undefined || isText(shadowPolicies)) return shadowPolicies;
  throw invalid(["shadowPolicies"], "is not a directory", "expected a path such as `policies-next`");
}

function pathsIn({ values: { compiled = [] }, invalid }: WrittenSettings): readonly string[] {
  const files: readonly unknown[] = [compiled].flat();
  if (files.every(isText)) return files;
  throw invalid(
    ["compiled"],
    "is not a file",
    "expected a path such as `src/policy.json`, or a list of paths",
  );
}

function userPoolIn({ values: { userPool }, invalid }: WrittenSettings): unknown {
  if (userPool === undefined || isText(userPool) || isSection(userPool)) return userPool;
  const expected = "expected the logical id of a user pool, the id of a pool, or a CloudFormation value";
  throw invalid(["userPool"], `is ${shown(userPool)}`, expected);
}

function appClientsIn({ values: { appClients = {} }, invalid }: WrittenSettings): JsonObject {
  const expected = "expected a map of app clients, name -> logical id or id: `{ web: WebClient }`";
  if (!isSection(appClients)) throw invalid(["appClients"], `is ${shown(appClients)}`, expected);
  for (const [name, value] of Object.entries(appClients)) {
    if (isText(value) || isSection(value)) continue;
    throw invalid(
      ["appClients", name],
      `is ${shown(value)}`,
      "expected a logical id, or the id of an app client",
    );
  }
  return appClients;
}

function flagIn({ values, invalid }: WrittenSettings, name: "groups" | "scopes"): boolean {
  const { [name]: value = false } = values;
  if (value === true || value === "true") return true;
  if (value === false || value === "false") return false;
  throw invalid([name], `is ${shown(value)}`, "expected `true` or `false`");
}

/** A list of kinds, or a map of kinds to keys of functions. */
function functionsIn<Kind extends string>(
  { values, invalid }: WrittenSettings,
  setting: "authorizers" | "triggers",
  kinds: readonly Kind[],
  keyOf: (kind: Kind) => string,
): ReadonlyMap<Kind, string> {
  const functions = new Map<Kind, string>();
  for (const [written, key] of pairsOf(values[setting])) {
    const kind = kinds.find((one) => one === written);
    if (kind === undefined) throw invalid([setting], `has ${shown(written)}`, likely(String(written), kinds));
    if (key !== undefined && key !== null && !isText(key)) {
      throw invalid([setting, kind], `is ${shown(key)}`, "expected the key of a function");
    }
    const functionKey = isText(key) ? key : keyOf(kind);
    if (!FUNCTION_KEY.test(functionKey)) {
      throw invalid([setting, kind], `is ${shown(key)}`, "expected letters, digits, `-` and `_`");
    }
    if ([...functions.values()].some((other) => isSameFunction(other, functionKey))) {
      throw invalid([setting], `has \`${functionKey}\` twice`, EACH_ITS_OWN);
    }
    functions.set(kind, functionKey);
  }
  return functions;
}

/** What the framework accepts; the key is also the name of a file. */
const FUNCTION_KEY = /^[A-Za-z0-9_-]+$/;

const EACH_ITS_OWN = "each needs a function of its own";

/** `gate` and `Gate` have the same logical name. */
function isSameFunction(one: string, other: string): boolean {
  return functionIds(one).function === functionIds(other).function;
}

function refuseShared(
  { invalid }: WrittenSettings,
  authorizers: Settings["authorizers"],
  triggers: Settings["triggers"],
): void {
  for (const [name, key] of triggers) {
    for (const [kind, other] of authorizers) {
      if (!isSameFunction(key, other)) continue;
      const why = `has the function \`${key}\` for \`${name}\`, which \`authorizers\` has for \`${kind}\``;
      throw invalid(["triggers"], why, EACH_ITS_OWN);
    }
  }
}

function pairsOf(value: unknown = []): readonly (readonly [unknown, unknown])[] {
  if (isSection(value)) return Object.entries(value);
  return [value].flat().map((kind: unknown) => [kind, undefined]);
}

function shown(value: unknown): string {
  if (value === "") return "empty";
  return `\`${typeof value === "string" ? value : JSON.stringify(value)}\``;
}
