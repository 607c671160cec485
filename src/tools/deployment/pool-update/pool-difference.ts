import { canonicalJson, type JsonObject, objectOf, objectsOf, textOf } from "../../../json.ts";
import { withoutUnset } from "./pool-settings.ts";

/** One setting that differs between two described pools. */
export interface SettingDifference {
  /** `Policies.PasswordPolicy.MinimumLength` */
  readonly path: string;
  /** Undefined if it is not set. */
  readonly before: unknown;
  readonly after: unknown;
}

/** Values that AWS counts, stamps or probes itself: they may differ between any two reads. */
const VOLATILE = new Set([
  "LastModifiedDate",
  "EstimatedNumberOfUsers",
  "Status",
  "SmsConfigurationFailure",
  "EmailConfigurationFailure",
]);

/**
 * Every setting in which two described pools differ; a user attribute is `SchemaAttributes.NAME`. These are not
 * differences: the order of lists, an empty and a missing value, tags of AWS, the old name of a setting next to the new
 * one, and values that AWS changes itself.
 */
export function poolDifferences(before: JsonObject, after: JsonObject): SettingDifference[] {
  return differencesIn(comparable(before), comparable(after), "");
}

function comparable(pool: JsonObject): unknown {
  const settings = Object.entries(pool).filter(([name]) => !VOLATILE.has(name));
  const kept: JsonObject = Object.fromEntries(settings);
  const tags = Object.entries(objectOf(kept["UserPoolTags"])).filter(([key]) => !key.startsWith("aws:"));
  return withoutUnset({
    ...kept,
    UserPoolTags: Object.fromEntries(tags),
    LambdaConfig: withoutLegacyTrigger(objectOf(kept["LambdaConfig"])),
    AdminCreateUserConfig: withoutLegacyDays(kept),
    SchemaAttributes: byName(kept["SchemaAttributes"]),
  });
}

/** AWS returns the legacy form next to the new one, with the same ARN. */
function withoutLegacyTrigger(lambdaConfig: JsonObject): JsonObject {
  const { PreTokenGeneration: legacy, ...rest } = lambdaConfig;
  const same = objectOf(rest["PreTokenGenerationConfig"])["LambdaArn"] === legacy;
  return same ? rest : lambdaConfig;
}

function withoutLegacyDays(pool: JsonObject): JsonObject {
  const config = objectOf(pool["AdminCreateUserConfig"]);
  const password = objectOf(objectOf(pool["Policies"])["PasswordPolicy"]);
  if (password["TemporaryPasswordValidityDays"] === undefined) return config;
  const { UnusedAccountValidityDays: _legacy, ...rest } = config;
  return rest;
}

function byName(attributes: unknown): JsonObject {
  return Object.fromEntries(objectsOf(attributes).map((one) => [textOf(one["Name"]) ?? "", one]));
}

function differencesIn(before: unknown, after: unknown, path: string): SettingDifference[] {
  if (isObject(before) && isObject(after)) {
    const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
    return names.flatMap((name) =>
      differencesIn(before[name], after[name], path === "" ? name : `${path}.${name}`),
    );
  }
  return canonicalJson(sorted(before)) === canonicalJson(sorted(after)) ? [] : [{ path, before, after }];
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Lists of a pool are sets. */
function sorted(value: unknown): unknown {
  if (!Array.isArray(value)) return value;
  return value.map(sorted).sort((a, b) => (canonicalJson(a) < canonicalJson(b) ? -1 : 1));
}
