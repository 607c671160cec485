import { type JsonObject, objectOf, textOf } from "../../../json.ts";
import { TRIGGER_NAMES, type TriggerName, type TriggerVersion } from "./trigger.ts";

/** The ARNs of the functions that become the triggers. */
export type TriggerFunctions = Readonly<Record<TriggerName, string>>;

/** The change of one trigger. A value is an ARN, for pre-token-generation with its version: `ARN (V3_0)`. */
export interface TriggerChange {
  readonly trigger: TriggerName;
  readonly before: string | undefined;
  readonly after: string | undefined;
}

export interface ChangedTriggers {
  /** The pool's `LambdaConfig` afterwards. */
  readonly lambdaConfig: JsonObject;
  readonly changes: readonly TriggerChange[];
  /** Triggers with another function, which would be lost. */
  readonly taken: readonly TriggerChange[];
}

/** Sets the triggers in a `LambdaConfig` and does not change its other members. */
export function attachTriggers(
  lambdaConfig: JsonObject,
  functions: TriggerFunctions,
  version: TriggerVersion,
): ChangedTriggers {
  const { PreTokenGeneration: _legacy, ...others } = lambdaConfig;
  const after = {
    ...others,
    PreSignUp: functions.PreSignUp,
    PostConfirmation: functions.PostConfirmation,
    // Only this form has a version. The legacy one next to it must have the same ARN, so it is left out.
    PreTokenGenerationConfig: { LambdaArn: functions.PreTokenGeneration, LambdaVersion: version },
  };
  const changes = changesBetween(lambdaConfig, after);
  return {
    lambdaConfig: after,
    changes,
    taken: changes.filter(({ trigger }) => {
      const arn = functionOf(lambdaConfig, trigger);
      return arn !== undefined && !isSameFunction(arn, functions[trigger]);
    }),
  };
}

/** Removes the triggers with these functions; triggers with other functions stay. */
export function detachTriggers(lambdaConfig: JsonObject, functions: TriggerFunctions): ChangedTriggers {
  const ours = TRIGGER_NAMES.filter((trigger) => {
    const arn = functionOf(lambdaConfig, trigger);
    return arn !== undefined && isSameFunction(arn, functions[trigger]);
  });
  const gone = new Set(ours.flatMap((trigger) => [trigger, `${trigger}Config`]));
  const after = Object.fromEntries(Object.entries(lambdaConfig).filter(([name]) => !gone.has(name)));
  return { lambdaConfig: after, changes: changesBetween(lambdaConfig, after), taken: [] };
}

function changesBetween(before: JsonObject, after: JsonObject): TriggerChange[] {
  return TRIGGER_NAMES.map((trigger) => ({
    trigger,
    before: describe(before, trigger),
    after: describe(after, trigger),
  })).filter((change) => change.before !== change.after);
}

/** The function of a trigger. */
export function functionOf(lambdaConfig: JsonObject, trigger: TriggerName): string | undefined {
  const versioned = objectOf(lambdaConfig[`${trigger}Config`]);
  return textOf(versioned["LambdaArn"]) ?? (textOf(lambdaConfig[trigger]) || undefined);
}

/** The event version of pre-token-generation: the legacy form is V1_0. */
export function versionOf(lambdaConfig: JsonObject): string | undefined {
  if (functionOf(lambdaConfig, "PreTokenGeneration") === undefined) return undefined;
  return textOf(objectOf(lambdaConfig["PreTokenGenerationConfig"])["LambdaVersion"]) ?? "V1_0";
}

function describe(lambdaConfig: JsonObject, trigger: TriggerName): string | undefined {
  const arn = functionOf(lambdaConfig, trigger);
  if (arn === undefined || trigger !== "PreTokenGeneration") return arn;
  return `${arn} (${versionOf(lambdaConfig)})`;
}

/** Whether two ARNs are of the same function, ignoring alias and version. */
function isSameFunction(a: string, b: string): boolean {
  return unqualified(a) === unqualified(b);
}

/** `arn:aws:lambda:REGION:ACCOUNT:function:NAME`, without alias or version. */
function unqualified(arn: string): string {
  return arn.split(":").slice(0, 7).join(":");
}
