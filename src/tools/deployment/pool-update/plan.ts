import { type JsonObject, objectOf, sameJson, textOf } from "../../../json.ts";
import { MARKER, type MarkerState, markerState } from "./marker.ts";
import { poolDifferences, type SettingDifference } from "./pool-difference.ts";
import { unknownSettings, updateRequestOf } from "./pool-settings.ts";
import { TRIGGERS, type TriggerName, type TriggerVersion } from "./trigger.ts";
import {
  attachTriggers,
  type ChangedTriggers,
  detachTriggers,
  type TriggerChange,
  type TriggerFunctions,
} from "./trigger-change.ts";

/** Why a user pool must not be changed. */
export interface Refusal {
  readonly reason:
    | "setting-unknown"
    | "trigger-taken"
    | "trigger-not-invocable"
    | "plan-too-low"
    | "marker-unusable";
  readonly message: string;
  readonly fix: string;
}

/** The effect of an update of a user pool. */
export interface PoolPlan {
  readonly changes: readonly TriggerChange[];
  /** Whether the update must first add the marker attribute. */
  readonly addsMarker: boolean;
  /** With any of these the update must not run. */
  readonly refusals: readonly Refusal[];
  /** The UpdateUserPool request; undefined if the triggers are already right. */
  readonly request: JsonObject | undefined;
  /** What DescribeUserPool should return afterwards, apart from the marker attribute. */
  readonly expected: JsonObject;
}

/** How a pool, as described after the update, differs from the plan. */
export function unplannedDifferences(
  { expected, addsMarker }: Pick<PoolPlan, "expected" | "addsMarker">,
  after: JsonObject,
): SettingDifference[] {
  const marker = `SchemaAttributes.${MARKER}`;
  const differences = poolDifferences(expected, after).filter(
    ({ path, before }) => !(addsMarker && path === marker && before === undefined),
  );
  const missing = addsMarker && markerState(after) !== "present";
  return missing ? [...differences, { path: marker, before: "to be added", after: undefined }] : differences;
}

export interface AttachSubject {
  /** As DescribeUserPool returns it. */
  readonly pool: JsonObject;
  readonly functions: TriggerFunctions;
  readonly version: TriggerVersion;
  /** Whether triggers of other functions may be replaced. */
  readonly replace: boolean;
  /** Triggers whose function does not let this pool invoke it. */
  readonly notInvocable: readonly TriggerName[];
}

/** What `attach` would do, and why it must not. */
export function planAttach(subject: AttachSubject): PoolPlan {
  const { pool, functions, version } = subject;
  const changed = attachTriggers(objectOf(pool["LambdaConfig"]), functions, version);
  const marker = markerState(pool);
  const refusals = [
    ...unknown(pool, changed),
    ...(subject.replace ? [] : taken(changed)),
    ...notInvocable(subject),
    ...planTooLow(pool, version),
    ...unusable(marker),
  ];
  return { ...planOf(pool, changed, marker === "missing"), refusals };
}

/** What `detach` would do, and why it must not. */
export function planDetach(pool: JsonObject, functions: TriggerFunctions): PoolPlan {
  const changed = detachTriggers(objectOf(pool["LambdaConfig"]), functions);
  return { ...planOf(pool, changed, false), refusals: unknown(pool, changed) };
}

function planOf(pool: JsonObject, changed: ChangedTriggers, addsMarker: boolean): Omit<PoolPlan, "refusals"> {
  const { lambdaConfig: LambdaConfig, changes } = changed;
  return {
    changes,
    addsMarker,
    request: changes.length === 0 ? undefined : { ...updateRequestOf(pool), LambdaConfig },
    expected: { ...pool, LambdaConfig },
  };
}

/** Only if the pool is updated at all: adding an attribute resets nothing. */
function unknown(pool: JsonObject, { changes }: ChangedTriggers): Refusal[] {
  if (changes.length === 0) return [];
  return unknownSettings(pool).map((path) => ({
    reason: "setting-unknown",
    message: `the pool has a setting that this version does not know, and AWS would reset it: ${path}`,
    fix: "update claimgate, or set the triggers in the console",
  }));
}

function taken({ taken: changes }: ChangedTriggers): Refusal[] {
  return changes.map(({ trigger, before }) => ({
    reason: "trigger-taken",
    message: `${trigger} is another function: ${before}`,
    fix: "move that function's work elsewhere, then replace the trigger with --replace",
  }));
}

function notInvocable({ notInvocable: triggers, pool, functions }: AttachSubject): Refusal[] {
  if (triggers.length === 0) return [];
  const arns = triggers.map((trigger) => functions[trigger]).join(", ");
  return [
    {
      reason: "trigger-not-invocable",
      message: `the pool may not invoke ${arns}: sign-ups and sign-ins would fail`,
      fix: `deploy the stage with --param existingUserPoolId=${textOf(pool["Id"])}, which adds the permission`,
    },
  ];
}

function planTooLow(pool: JsonObject, version: TriggerVersion): Refusal[] {
  if (version === "V1_0" || !sameJson(pool["UserPoolTier"], "LITE")) return [];
  return [
    {
      reason: "plan-too-low",
      message: `the pool has the plan LITE, which does not invoke ${TRIGGERS.PreTokenGeneration} with ${version}`,
      fix: "change the pool's plan to ESSENTIALS (AWS charges per active user), or use --trigger-version V1_0",
    },
  ];
}

function unusable(marker: MarkerState): Refusal[] {
  if (marker !== "unusable") return [];
  return [
    {
      reason: "marker-unusable",
      message: `the pool has ${MARKER}, but not as a mutable string`,
      fix: "attributes can be neither changed nor removed: use another pool",
    },
  ];
}
