import { type JsonObject, objectOf, textOf, textsOf } from "../../../json.ts";
import { clientNameOf } from "../../cloudformation/client-name.ts";
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
  /** `UserAttributeUpdateSettings` as it stands: whether a new address counts before it is proven. */
  readonly attributeUpdates: JsonObject;
  readonly passwordPolicy: PasswordPolicy;
  /** `Schema` of the pool as it stands, names of custom attributes without their prefix. */
  readonly schema: readonly JsonObject[];
  readonly clients: readonly ClientPlan[];
  readonly groups: readonly GroupPlan[];
  /** Origins of the app's pages: where a sign-in returns to, and what may call the HTTP API; never `*`. */
  readonly appOrigins: readonly string[];
}

interface Resource {
  readonly id: string;
  readonly properties: JsonObject;
}

/**
 * Reads the user pool out of a packaged CloudFormation template.
 *
 * @throws RangeError where the template has no user pool, or a trigger names a function that it does not have
 */
export function readPoolPlan(template: unknown): PoolPlan {
  const resources = objectOf(objectOf(template)["Resources"]);
  const pool = ofType(resources, "AWS::Cognito::UserPool")[0];
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
    if (arn !== undefined) functionNames.set(trigger, functionNameOf(resources, arn, trigger));
  };
  wire("PreSignUp", lambda["PreSignUp"]);
  wire("PostConfirmation", lambda["PostConfirmation"]);
  wire("PreTokenGeneration", preToken["LambdaArn"] ?? lambda["PreTokenGeneration"]);
  const clients = ofType(resources, "AWS::Cognito::UserPoolClient").map((client) =>
    clientOf(resources, client),
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
    groups: ofType(resources, "AWS::Cognito::UserPoolGroup").map(groupOf),
    appOrigins: appOriginsOf(resources, clients),
  };
}

function appOriginsOf(resources: JsonObject, clients: readonly ClientPlan[]): readonly string[] {
  const returns = clients.flatMap(({ callbackUrls }) => callbackUrls.filter((url) => URL.canParse(url)));
  const callers = ofType(resources, "AWS::ApiGatewayV2::Api").flatMap(({ properties }) =>
    textsOf(objectOf(properties["CorsConfiguration"])["AllowOrigins"]),
  );
  // An app on a phone returns to a scheme of its own, which has no origin.
  const origins = [...returns.map((url) => new URL(url).origin), ...callers];
  return [...new Set(origins)].filter((origin) => origin !== "*" && origin !== "null");
}

function ofType(resources: JsonObject, type: string): Resource[] {
  return Object.entries(resources)
    .map(([id, value]) => ({ id, resource: objectOf(value) }))
    .filter(({ resource }) => resource["Type"] === type)
    .map(({ id, resource }) => ({ id, properties: objectOf(resource["Properties"]) }));
}

function functionNameOf(resources: JsonObject, arn: unknown, trigger: TriggerName): string {
  const target = textsOf(objectOf(arn)["Fn::GetAtt"])[0] ?? textOf(objectOf(arn)["Ref"]);
  const resource = objectOf(target === undefined ? undefined : resources[target]);
  const name = textOf(objectOf(resource["Properties"])["FunctionName"]);
  if (name === undefined) throw new RangeError(`the trigger ${trigger} names no function of this template`);
  return name;
}

function preTokenVersionOf(version: unknown): PreTokenVersion {
  return version === "V2_0" || version === "V3_0" ? version : "V1_0";
}

/** The local id of an app client by its logical name; one that nobody planned for gets a derived id. */
export function localClientId(name: string): string {
  const planned = Object.entries(LOCAL.appClients).find(([logical]) => logical === name)?.[1];
  return planned ?? `local${name.toLowerCase()}client`;
}

function clientOf(resources: JsonObject, { id, properties }: Resource): ClientPlan {
  const name = clientNameOf(id);
  const units = objectOf(properties["TokenValidityUnits"]);
  const list = (key: string) => (Array.isArray(properties[key]) ? textsOf(properties[key]) : undefined);
  return {
    name,
    id: localClientId(name),
    secret: properties["GenerateSecret"] === true ? `local-secret-of-${name}` : undefined,
    flows: textsOf(properties["AllowedOAuthFlows"]),
    scopes: scopesOf(resources, properties["AllowedOAuthScopes"]),
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

/** Scopes may be spelled with a reference to their resource server; its Ref is its identifier. */
function scopesOf(resources: JsonObject, value: unknown): readonly string[] {
  if (!Array.isArray(value)) return [];
  return value.flatMap((item: unknown) => resolveText(resources, item) ?? []);
}

function resolveText(resources: JsonObject, value: unknown): string | undefined {
  if (typeof value === "string") return value;
  const intrinsic = objectOf(value);
  const reference = textOf(intrinsic["Ref"]);
  if (reference !== undefined) {
    return textOf(objectOf(objectOf(resources[reference])["Properties"])["Identifier"]);
  }
  const sub = textOf(intrinsic["Fn::Sub"]);
  if (sub !== undefined) {
    return sub.replace(
      /\$\{(\w+)\}/g,
      (whole, name: string) => resolveText(resources, { Ref: name }) ?? whole,
    );
  }
  const join = intrinsic["Fn::Join"];
  if (Array.isArray(join) && typeof join[0] === "string" && Array.isArray(join[1])) {
    return join[1].map((part: unknown) => resolveText(resources, part) ?? "").join(join[0]);
  }
  return undefined;
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
  const [role] = textsOf(objectOf(value)["Fn::GetAtt"]);
  return role === undefined ? textOf(value) : `arn:aws:iam::${LOCAL.accountId}:role/${role}`;
}
