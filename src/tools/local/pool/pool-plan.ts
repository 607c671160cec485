import { type JsonObject, objectOf, textOf, textsOf } from "../../../json.ts";
import { functionBehind, functionNamed } from "../../cloudformation/functions.ts";
import { knownText } from "../../cloudformation/known-text.ts";
import { clientNameOf } from "../../cloudformation/logical-names.ts";
import { type Resource, readTemplate, resourcesOf, type Template } from "../../cloudformation/template.ts";
import { textWith } from "../../cloudformation/values.ts";
import { LOCAL } from "../identifiers.ts";
import { type PasswordPolicy, passwordPolicyOf } from "./password-policy.ts";

export type TriggerName = "PreSignUp" | "PostConfirmation" | "PreTokenGeneration";

export type PreTokenVersion = "V1_0" | "V2_0" | "V3_0";

export interface ClientPlan {
  /** As in `CLAIMGATE_APP_CLIENTS`: `WebClient` is `web`. */
  readonly name: string;
  readonly id: string;
  readonly secret: string | undefined;
  readonly flows: readonly string[];
  readonly scopes: readonly string[];
  readonly callbackUrls: readonly string[];
  /** undefined: the client may write every attribute that a client can write. */
  readonly writeAttributes: readonly string[] | undefined;
  readonly readAttributes: readonly string[] | undefined;
  readonly explicitAuthFlows: readonly string[] | undefined;
  readonly accessTokenSeconds: number;
  readonly idTokenSeconds: number;
  /** How long a refresh token counts after it was exchanged for another; undefined: it is not exchanged. */
  readonly rotationGraceSeconds: number | undefined;
}

export interface GroupPlan {
  readonly name: string;
  readonly description: string | undefined;
  readonly precedence: number | undefined;
  readonly roleArn: string | undefined;
}

/** What the packaged template says of the user pool: the emulated one is built from nothing else. */
export interface PoolPlan {
  /** Full function names, as the Lambda endpoint of serverless-offline knows them. */
  readonly triggers: ReadonlyMap<TriggerName, string>;
  readonly preTokenVersion: PreTokenVersion;
  readonly usernameAttributes: readonly string[];
  readonly autoVerifiedAttributes: readonly string[];
  readonly adminCreateUserOnly: boolean;
  /** `UserAttributeUpdateSettings` as written: whether a new address is in force before it is verified. */
  readonly attributeUpdates: JsonObject;
  readonly passwordPolicy: PasswordPolicy;
  /** `Schema` of the pool as written, with names of custom attributes without their prefix. */
  readonly schema: readonly JsonObject[];
  readonly clients: readonly ClientPlan[];
  readonly groups: readonly GroupPlan[];
  /** Origins of the app's pages: where a sign-in returns to, and what may call the HTTP API; never `*`. */
  readonly appOrigins: readonly string[];
}

/**
 * Reads the user pool out of a packaged CloudFormation template.
 *
 * @param json the template
 * @throws TypeError where it is not a template
 * @throws RangeError where the template has no user pool, or a trigger names a function that it does not have
 */
export function readPoolPlan(json: unknown): PoolPlan {
  const template = readTemplate(json);
  const pool = resourcesOf(template, "AWS::Cognito::UserPool")[0];
  if (pool === undefined) {
    throw new RangeError(
      "the template has no AWS::Cognito::UserPool to emulate; `existingUserPoolId` belongs to the stages that use one, not to params.default",
    );
  }
  const { properties } = pool;
  const lambda = objectOf(properties["LambdaConfig"]);
  const preToken = objectOf(lambda["PreTokenGenerationConfig"]);
  const functionNames = new Map<TriggerName, string>();
  const wire = (trigger: TriggerName, arn: unknown) => {
    if (arn !== undefined) functionNames.set(trigger, functionNameOf(template, arn, trigger));
  };
  wire("PreSignUp", lambda["PreSignUp"]);
  wire("PostConfirmation", lambda["PostConfirmation"]);
  wire("PreTokenGeneration", preToken["LambdaArn"] ?? lambda["PreTokenGeneration"]);
  const clients = resourcesOf(template, "AWS::Cognito::UserPoolClient").map((client) =>
    clientOf(template, client),
  );
  return {
    triggers: functionNames,
    preTokenVersion: preTokenVersionOf(preToken["LambdaVersion"]),
    usernameAttributes: textsOf(properties["UsernameAttributes"]),
    autoVerifiedAttributes: textsOf(properties["AutoVerifiedAttributes"]),
    adminCreateUserOnly: objectOf(properties["AdminCreateUserConfig"])["AllowAdminCreateUserOnly"] === true,
    attributeUpdates: objectOf(properties["UserAttributeUpdateSettings"]),
    passwordPolicy: passwordPolicyOf(objectOf(properties["Policies"])["PasswordPolicy"]),
    schema: Array.isArray(properties["Schema"]) ? properties["Schema"].map(objectOf) : [],
    clients,
    groups: resourcesOf(template, "AWS::Cognito::UserPoolGroup").map(groupOf),
    appOrigins: appOriginsOf(template, clients),
  };
}

function appOriginsOf(template: Template, clients: readonly ClientPlan[]): readonly string[] {
  const returns = clients.flatMap(({ callbackUrls }) => callbackUrls.filter((url) => URL.canParse(url)));
  const callers = resourcesOf(template, "AWS::ApiGatewayV2::Api").flatMap(({ properties }) =>
    textsOf(objectOf(properties["CorsConfiguration"])["AllowOrigins"]),
  );
  // An app on a phone returns to a scheme of its own, which has no origin.
  const origins = [...returns.map((url) => new URL(url).origin), ...callers];
  return [...new Set(origins)].filter((origin) => origin !== "*" && origin !== "null");
}

function functionNameOf(template: Template, arn: unknown, trigger: TriggerName): string {
  const id = functionBehind(functionNamed(template, arn) ?? "");
  const name = textOf(template.resources.get(id)?.properties["FunctionName"]);
  if (name === undefined) throw new RangeError(`the trigger ${trigger} names no function of this template`);
  return name;
}

function preTokenVersionOf(version: unknown): PreTokenVersion {
  return version === "V2_0" || version === "V3_0" ? version : "V1_0";
}

/** The local id of an app client by its logical name; a client without a fixed id gets a derived one. */
function localClientId(name: string): string {
  const planned = Object.entries(LOCAL.appClients).find(([logical]) => logical === name)?.[1];
  return planned ?? `local${name.toLowerCase()}client`;
}

function clientOf(template: Template, { id, properties }: Resource): ClientPlan {
  const name = clientNameOf(id);
  const units = objectOf(properties["TokenValidityUnits"]);
  const list = (key: string) => (Array.isArray(properties[key]) ? textsOf(properties[key]) : undefined);
  return {
    name,
    id: localClientId(name),
    secret: properties["GenerateSecret"] === true ? `local-secret-of-${name}` : undefined,
    flows: textsOf(properties["AllowedOAuthFlows"]),
    scopes: scopesOf(template, properties["AllowedOAuthScopes"]),
    callbackUrls: textsOf(properties["CallbackURLs"]),
    writeAttributes: list("WriteAttributes"),
    readAttributes: list("ReadAttributes"),
    explicitAuthFlows: list("ExplicitAuthFlows"),
    accessTokenSeconds: secondsOf(properties["AccessTokenValidity"], units["AccessToken"]),
    idTokenSeconds: secondsOf(properties["IdTokenValidity"], units["IdToken"]),
    rotationGraceSeconds: rotationGraceOf(objectOf(properties["RefreshTokenRotation"])),
  };
}

function rotationGraceOf({ Feature: feature, RetryGracePeriodSeconds: seconds }: JsonObject) {
  if (feature !== "ENABLED") return undefined;
  return typeof seconds === "number" ? seconds : 0;
}

function scopesOf(template: Template, value: unknown): readonly string[] {
  if (!Array.isArray(value)) return [];
  return value.flatMap((item: unknown) => knownText(template, item) ?? []);
}

const UNIT_SECONDS: ReadonlyMap<unknown, number> = new Map([
  ["seconds", 1],
  ["minutes", 60],
  ["hours", 3600],
  ["days", 86_400],
]);

function secondsOf(value: unknown, unit: unknown): number {
  if (typeof value !== "number" || value <= 0) return 3600;
  return value * (UNIT_SECONDS.get(unit ?? "hours") ?? 3600);
}

function groupOf({ id, properties }: Resource): GroupPlan {
  const precedence = properties["Precedence"];
  return {
    name: textOf(properties["GroupName"]) ?? id,
    description: textOf(properties["Description"]),
    precedence: typeof precedence === "number" ? precedence : undefined,
    roleArn: roleArnOf(properties["RoleArn"]),
  };
}

/** A role of the stack has no ARN before it is deployed; here it has one that ends as its logical name. */
function roleArnOf(value: unknown): string | undefined {
  return textWith(value, ({ id, attribute }) =>
    attribute === "Arn" ? `arn:aws:iam::${LOCAL.accountId}:role/${id}` : undefined,
  );
}
