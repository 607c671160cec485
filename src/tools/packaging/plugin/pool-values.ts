import type { JsonObject } from "../../../json.ts";
import { intrinsicIn } from "../../cloudformation/intrinsics.ts";
import { resourcesIn, resourcesOf } from "../../cloudformation/template.ts";
import { isSection } from "./framework.ts";
import type { Settings } from "./settings.ts";
import { likely } from "./written-settings.ts";

/** Amazon Cognito, API reference, UserPoolType: `[\w-]+_[0-9a-zA-Z]+`, the region first. */
const POOL_ID = /^[a-z]{2}(?:-[a-z]+)+-\d_[0-9A-Za-z]+$/;

/** Ids are random: 26 lower-case letters and digits. */
const CLIENT_ID = /^[0-9a-z]{20,128}$/;

/** The logical id of the pool that the settings name; undefined if it is not named by one. */
export function poolLogicalId({ userPool }: Settings): string | undefined {
  if (typeof userPool === "string") return POOL_ID.test(userPool) ? undefined : userPool;
  const intrinsic = intrinsicIn(userPool);
  if (intrinsic?.kind !== "name" || intrinsic.name.attribute !== undefined) return undefined;
  return intrinsic.name.id;
}

/** The id of the user pool, as a value of the template. @throws PluginError if the settings name none */
export function poolIdOf(settings: Settings, neededBy: string): unknown {
  const { userPool, invalid } = settings;
  if (userPool === undefined) {
    throw invalid(
      ["userPool"],
      `is missing, and \`${neededBy}\` needs it; write the logical id of the pool, or its id`,
    );
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
 * @throws PluginError for a client that is neither a resource nor an id
 */
export function appClientsOf({ appClients, invalid }: Settings, resources: JsonObject): unknown {
  const names = Object.keys(appClients);
  if (names.length === 0) {
    throw invalid(
      ["appClients"],
      "is missing, and `authorizers` needs it; name the app clients whose tokens are accepted: `{ web: WebClient }`",
    );
  }
  const values: Record<string, unknown> = {};
  const parts = Object.entries(appClients).map(([name, value], index) => {
    const key = literal(JSON.stringify(name));
    if (isSection(value)) {
      values[`Client${index}`] = value;
      return `${key}:"\${Client${index}}"`;
    }
    const id = clientText(String(value), resources);
    if ("text" in id) return `${key}:"${id.text}"`;
    throw invalid(
      ["appClients", name],
      `is \`${String(value)}\`, which is not an app client of \`resources\`; ${id.fix}`,
    );
  });
  const text = `{${parts.join(",")}}`;
  if (Object.keys(values).length > 0) return { "Fn::Sub": [text, values] };
  return text.includes("${") ? { "Fn::Sub": text } : text;
}

/** `${` begins a reference in `Fn::Sub`. */
const literal = (text: string) => text.replaceAll("${", () => "${!");

/** As in `Fn::Sub`, or the fix. */
function clientText(
  value: string,
  resources: JsonObject,
): { readonly text: string } | { readonly fix: string } {
  const clients = resourcesOf({ resources: resourcesIn(resources) }, "AWS::Cognito::UserPoolClient");
  const ids = clients.map(({ id }) => id);
  if (ids.includes(value)) return { text: `\${${value}}` };
  if (CLIENT_ID.test(value)) return { text: value };
  return { fix: ids.length > 0 ? likely(value, ids) : "expected the id of an app client" };
}
