import { type JsonObject, objectOf, textMapOf, textOf, textsOf } from "../../../json.ts";
import { functionBehind, functionNamed } from "../../cloudformation/functions.ts";
import { knownText } from "../../cloudformation/known-text.ts";
import { clientNameOf } from "../../cloudformation/logical-names.ts";
import { type Resource, readTemplate, resourcesOf, type Template } from "../../cloudformation/template.ts";
import { textWith } from "../../cloudformation/values.ts";
import { type ClientIdentity, callbackOrigins, clientConfig } from "./client-config.ts";
import { identityPoolFromTemplate } from "./identity-pool/from-template.ts";
import {
  type ClientConfig,
  type GroupConfig,
  type PoolConfig,
  type PoolPlace,
  type ProviderConfig,
  TRIGGERS,
  type TriggerName,
} from "./pool-config.ts";
import { poolConfigOf, preTokenVersionOf } from "./pool-properties.ts";
import { flagIn, numberIn } from "./written-value.ts";

/** What a template cannot say before it is deployed. */
export interface TemplateNames {
  readonly place: PoolPlace;
  /** The id and secret of a client. @param name `web` for the logical id `WebClient` */
  readonly client: (name: string) => { readonly id: string; readonly secret: string };
}

/** A pool as a template describes it, and the functions behind its triggers. */
export interface TemplatePool {
  readonly config: PoolConfig;
  readonly functionNames: ReadonlyMap<TriggerName, string>;
  /** Origins of the app's pages: where a sign-in returns to, and what may call the HTTP API; never `*`. */
  readonly appOrigins: readonly string[];
}

/** A template without a user pool. */
export class NoUserPoolError extends RangeError {
  override readonly name = "NoUserPoolError";
}

/**
 * Reads the user pool out of a packaged CloudFormation template.
 *
 * @param json the template
 * @throws TypeError where it is not a template
 * @throws RangeError where the template has no user pool, or a trigger names a function that it does not have
 */
export function poolFromTemplate(json: unknown, names: TemplateNames): TemplatePool {
  const template = readTemplate(json);
  const pool = resourcesOf(template, "AWS::Cognito::UserPool")[0];
  if (pool === undefined) throw new NoUserPoolError("the template has no AWS::Cognito::UserPool");
  const { properties } = pool;
  const lambda = objectOf(properties["LambdaConfig"]);
  const preToken = objectOf(lambda["PreTokenGenerationConfig"]);
  const functionNames = functionNamesOf(template, lambda);
  const clientResources = resourcesOf(template, "AWS::Cognito::UserPoolClient");
  const clients = clientResources.map((client) => clientOf(template, client, names));
  const clientIds = new Map(clientResources.map(({ id }, index) => [id, clients[index]?.id ?? id]));
  const config = poolConfigOf(properties, {
    place: names.place,
    name: knownText(template, properties["UserPoolName"]) ?? pool.id,
    triggers: new Set(functionNames.keys()),
    preTokenVersion: preTokenVersionOf(preToken["LambdaVersion"]),
    clients,
    groups: resourcesOf(template, "AWS::Cognito::UserPoolGroup").map((group) => groupOf(group, names.place)),
    providers: resourcesOf(template, "AWS::Cognito::UserPoolIdentityProvider").map((provider) =>
      providerOf(template, provider),
    ),
    identityPool: identityPoolFromTemplate(template, names.place, clientIds),
  });
  return { config, functionNames, appOrigins: appOriginsOf(template, clients) };
}

function functionNamesOf(template: Template, lambda: JsonObject): ReadonlyMap<TriggerName, string> {
  const configured = TRIGGERS.map((trigger) => {
    const versioned = objectOf(lambda[`${trigger}Config`]);
    // The custom senders are written as an object with their version.
    const sender = objectOf(lambda[trigger]);
    return [trigger, versioned["LambdaArn"] ?? sender["LambdaArn"] ?? lambda[trigger]] as const;
  });
  return new Map(
    configured
      .filter(([, arn]) => arn !== undefined)
      .map(([trigger, arn]) => [trigger, functionNameOf(template, arn, trigger)]),
  );
}

function functionNameOf(template: Template, arn: unknown, trigger: string): string {
  const id = functionBehind(functionNamed(template, arn) ?? "");
  const resource = template.resources.get(id);
  if (resource === undefined)
    throw new RangeError(`the trigger ${trigger} names no function of this template`);
  // A function without a name gets one when it is deployed; until then, tools call it by its logical id.
  return textOf(resource.properties["FunctionName"]) ?? id;
}

function clientOf(template: Template, { id, properties }: Resource, names: TemplateNames): ClientConfig {
  const name = clientNameOf(id);
  const known = names.client(name);
  const secret = flagIn(properties["GenerateSecret"]) === true ? known.secret : undefined;
  const identity: ClientIdentity = { name, id: known.id, secret };
  const addresses = {
    CallbackURLs: textsIn(template, properties["CallbackURLs"]),
    LogoutURLs: textsIn(template, properties["LogoutURLs"]),
    DefaultRedirectURI: knownText(template, properties["DefaultRedirectURI"]),
  };
  const scopes = textsIn(template, properties["AllowedOAuthScopes"]);
  return clientConfig(identity, { ...properties, ...addresses }, scopes);
}

function textsIn(template: Template, value: unknown): readonly string[] {
  if (!Array.isArray(value)) return [];
  return value.flatMap((item: unknown) => knownText(template, item) ?? []);
}

function groupOf({ id, properties }: Resource, { accountId }: PoolPlace): GroupConfig {
  return {
    name: textOf(properties["GroupName"]) ?? id,
    description: textOf(properties["Description"]),
    precedence: numberIn(properties["Precedence"]),
    // A role of the stack has no ARN before it is deployed; here it has one that ends as its logical name.
    roleArn: textWith(properties["RoleArn"], ({ id: role, attribute }) =>
      attribute === "Arn" ? `arn:aws:iam::${accountId}:role/${role}` : undefined,
    ),
  };
}

function providerOf(template: Template, { id, properties }: Resource): ProviderConfig {
  return {
    name: knownText(template, properties["ProviderName"]) ?? id,
    type: textOf(properties["ProviderType"]) ?? "OIDC",
    attributeMapping: textMapOf(properties["AttributeMapping"]) ?? {},
  };
}

function appOriginsOf(template: Template, clients: readonly ClientConfig[]): readonly string[] {
  const callers = resourcesOf(template, "AWS::ApiGatewayV2::Api").flatMap(({ properties }) =>
    textsOf(objectOf(properties["CorsConfiguration"])["AllowOrigins"]),
  );
  return [...new Set([...callbackOrigins(clients), ...callers])].filter((origin) => origin !== "*");
}
