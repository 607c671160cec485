import type { JsonObject } from "../../../json.ts";
import { intrinsicIn } from "../../cloudformation/intrinsics.ts";
import { resourcesIn, resourcesOf } from "../../cloudformation/template.ts";
import { isSection } from "./framework.ts";
import type { Settings } from "./settings.ts";
import { likely, type SettingError } from "./written-settings.ts";

/** Amazon Cognito, API reference, UserPoolType: `[\w-]+_[0-9a-zA-Z]+`, the region first. */
const POOL_ID = /^[a-z]{2}(?:-[a-z]+)+-\d_[0-9A-Za-z]+$/;

/** Ids are random: 26 lower-case letters and digits. */
const CLIENT_ID = /^[0-9a-z]{20,128}$/;

/** The region of a pool, by its id; undefined for anything else. */
export function regionOfPool(id: unknown): string | undefined {
  return typeof id === "string" && POOL_ID.test(id) ? id.slice(0, id.indexOf("_")) : undefined;
}

/** The logical id of the pool that the settings name; undefined if it is not named by one. */
export function poolLogicalId({ userPool, parameters }: Settings): string | undefined {
  if (typeof userPool === "string") return POOL_ID.test(userPool) ? undefined : userPool;
  const id = resourceNamedBy(userPool);
  return id === undefined || parameters.includes(id) ? undefined : id;
}

/** The name in a reference to a resource or a parameter. The attribute `UserPoolId` of a pool is what `Ref` returns. */
export function resourceNamedBy(value: unknown): string | undefined {
  const intrinsic = intrinsicIn(value);
  if (intrinsic?.kind === "join" && intrinsic.items.length === 1) return resourceNamedBy(intrinsic.items[0]);
  if (intrinsic?.kind !== "name" || (intrinsic.name.attribute ?? "UserPoolId") !== "UserPoolId")
    return undefined;
  return intrinsic.name.id;
}

/** The id of the user pool, as a value of the template. @throws SettingError if the settings name none */
export function poolIdOf(settings: Settings, neededBy: string): unknown {
  const { userPool, invalid } = settings;
  if (userPool === undefined) {
    const fix = "write the logical id of the pool, or its id";
    throw invalid(["userPool"], `is missing, and \`${neededBy}\` needs it`, fix);
  }
  const logicalId = poolLogicalId(settings);
  return logicalId === undefined ? userPool : { Ref: logicalId };
}

/** The ARN of the user pool, as a value of the template. */
export function poolArnOf(settings: Settings): JsonObject {
  const logicalId = poolLogicalId(settings);
  if (logicalId !== undefined) return { "Fn::GetAtt": [logicalId, "Arn"] };
  const { userPool } = settings;
  const arnOf = (id: string) =>
    `arn:\${AWS::Partition}:cognito-idp:\${AWS::Region}:\${AWS::AccountId}:userpool/${id}`;
  return typeof userPool === "string"
    ? { "Fn::Sub": arnOf(userPool) }
    : { "Fn::Sub": [arnOf(`\${UserPoolId}`), { UserPoolId: userPool }] };
}

/**
 * CLAIMGATE_APP_CLIENTS as a value of the template: a JSON object, logical name -> id.
 *
 * @param resources of the service
 * @throws SettingError for a client that is neither a resource nor an id
 */
export function appClientsOf(settings: Settings, resources: JsonObject): unknown {
  const { appClients, invalid } = settings;
  const names = Object.keys(appClients);
  if (names.length === 0) {
    throw invalid(
      ["appClients"],
      "is missing, and `authorizers` needs it",
      "name the app clients whose tokens are accepted: `{ web: WebClient }`",
    );
  }
  const values: Record<string, unknown> = {};
  const parts = Object.entries(appClients).map(([name, value], index) => {
    const key = literal(JSON.stringify(name));
    if (isSection(value)) {
      values[`Client${index}`] = value;
      return `${key}:"\${Client${index}}"`;
    }
    const unknown = unknownClient(settings, name, resources);
    if (unknown !== undefined) throw unknown;
    return `${key}:"${CLIENT_ID.test(String(value)) ? String(value) : `\${${String(value)}}`}"`;
  });
  const text = `{${parts.join(",")}}`;
  if (Object.keys(values).length > 0) return { "Fn::Sub": [text, values] };
  return text.includes("${") ? { "Fn::Sub": text } : text;
}

/** `${` begins a reference in `Fn::Sub`. */
const literal = (text: string) => text.replaceAll("${", () => "${!");

/** The error for an app client of the settings that is neither a resource nor an id. */
export function unknownClient(
  { appClients, invalid }: Settings,
  name: string,
  resources: JsonObject,
): SettingError | undefined {
  const { [name]: value } = appClients;
  if (typeof value !== "string" || CLIENT_ID.test(value)) return undefined;
  const ids = resourcesOf({ resources: resourcesIn(resources) }, "AWS::Cognito::UserPoolClient").map(
    ({ id }) => id,
  );
  if (ids.includes(value)) return undefined;
  const why = `is \`${value}\`, which is not an app client of \`resources\``;
  const fix = ids.length > 0 ? likely(value, ids) : "expected the id of an app client";
  return invalid(["appClients", name], why, fix);
}
