import type { JsonObject } from "../../../json.ts";
import { intrinsicIn } from "../../cloudformation/intrinsics.ts";
import { type Resource, resourcesIn, resourcesOf } from "../../cloudformation/template.ts";
import type { FileFinding } from "../../findings/finding.ts";
import { poolLogicalId, regionOfPool, resourceNamedBy, unknownClient } from "./pool-values.ts";
import type { Settings } from "./settings.ts";
import { likely, type SettingError } from "./written-settings.ts";

/** What the pool and the app clients of the settings are compared with. */
export interface PoolStack {
  readonly resources: JsonObject;
  /** Where the stack is deployed. */
  readonly region: string | undefined;
}

/**
 * The pool and the app clients of the settings that do not exist, or that contradict the resources. Only what is
 * certain before the deployment: the id of a pool may be that of a resource of this stack, unless its region differs.
 */
export function poolFindings(settings: Settings, stack: PoolStack): readonly FileFinding[] {
  return [...poolErrors(settings, stack), ...clientErrors(settings, stack)].map(({ finding }) => finding);
}

function* poolErrors(settings: Settings, { resources, region }: PoolStack): Iterable<SettingError> {
  const { userPool, invalid } = settings;
  const logicalId = poolLogicalId(settings);
  const pools = resourcesOf({ resources: resourcesIn(resources) }, "AWS::Cognito::UserPool").map(
    ({ id }) => id,
  );
  if (logicalId !== undefined && !pools.includes(logicalId)) {
    const fix =
      pools.length > 0 ? likely(logicalId, pools) : "expected the id of a pool: `eu-west-1_AbCdEfGhI`";
    yield invalid(["userPool"], `is \`${logicalId}\`, which is not a user pool of the stack`, fix);
  }
  const { LambdaConfig: config } = resourcesIn(resources).get(logicalId ?? "")?.properties ?? {};
  if (settings.triggers.size > 0 && intrinsicIn(config) !== undefined) {
    const why = `cannot be wired: \`LambdaConfig\` of \`${logicalId}\` is a CloudFormation function`;
    yield invalid(["triggers"], why, "write it as a map, with the function in its entries");
  }
  const own = regionOfPool(userPool);
  const needing = [
    ...(settings.triggers.size > 0 ? ["triggers"] : []),
    ...(settings.groups ? ["groups"] : []),
  ];
  if (own === undefined || region === undefined || own === region || needing.length === 0) return;
  yield invalid(
    ["userPool"],
    `is \`${String(userPool)}\`, but \`${needing.join("` and `")}\` need a pool of ${region}, where the stack is deployed`,
    `name a pool of ${region}, or deploy to ${own}`,
  );
}

function* clientErrors(settings: Settings, stack: PoolStack): Iterable<SettingError> {
  const resources = resourcesIn(stack.resources);
  const names = new Map<string, string>();
  for (const [name, value] of Object.entries(settings.appClients)) {
    const unknown = unknownClient(settings, name, stack.resources);
    if (unknown !== undefined) yield unknown;
    const id = typeof value === "string" ? value : resourceNamedBy(value);
    if (id === undefined) continue;
    const other = names.get(id);
    if (other !== undefined) {
      const why = `is \`${id}\`, which \`${other}\` is too`;
      yield settings.invalid(["appClients", name], why, "remove one: an app client has one name");
    }
    names.set(id, name);
    const client = resources.get(id);
    const contradiction = client && contradictionOf(client, settings, stack);
    if (contradiction === undefined) continue;
    yield settings.invalid(
      ["appClients", name],
      `is \`${id}\`, an app client of the pool \`${contradiction.pool}\`, but \`userPool\` is \`${contradiction.expected}\`, so its tokens would be refused`,
      `name an app client of \`${contradiction.expected}\`, or set \`userPool: ${contradiction.pool}\``,
    );
  }
}

/** The pool of an app client, and that of the settings, if they are certainly not the same. */
function contradictionOf(
  { properties }: Resource,
  settings: Settings,
  stack: PoolStack,
): { readonly pool: string; readonly expected: string } | undefined {
  const named = resourceNamedBy(properties["UserPoolId"]);
  const isOwn = named !== undefined && stack.resources[named] !== undefined;
  const pool = isOwn ? named : poolIdIn(properties["UserPoolId"]);
  const logicalId = poolLogicalId(settings);
  // A pool that does not exist is a finding of its own.
  if (logicalId !== undefined && stack.resources[logicalId] === undefined) return undefined;
  const expected = logicalId ?? poolIdIn(settings.userPool);
  if (pool === undefined || expected === undefined || pool === expected) return undefined;
  const [one, other] = [regionOfPool(pool), regionOfPool(expected)];
  const isMixed = (one === undefined) !== (other === undefined);
  // A pool of this stack may have the id that is written, but not with another region.
  if (isMixed && (stack.region === undefined || stack.region === (one ?? other))) return undefined;
  return { pool, expected };
}

function poolIdIn(value: unknown): string | undefined {
  return regionOfPool(value) === undefined ? undefined : String(value);
}
