import { type JsonObject, objectOf, textMapOf, textOf, textsOf } from "../../../json.ts";
import { callbackOrigins, clientConfig } from "./client-config.ts";
import { identityPoolInFile } from "./identity-pool/read-identity-pool.ts";
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
import { PoolFileError, readSettings } from "./read-settings.ts";
import { FILE_SETTINGS } from "./settings.ts";

/** A pool as a file describes it, and what its triggers call. */
export interface FilePool {
  readonly config: PoolConfig;
  /** The name of a function, or an address that takes the event by POST and answers it. */
  readonly targets: ReadonlyMap<TriggerName, string>;
  /** Origins of the app's pages: where a sign-in returns to. */
  readonly appOrigins: readonly string[];
}

/**
 * Reads a user pool out of a file of YAML or JSON. Its settings are properties of `AWS::Cognito::UserPool`, and below
 * `Clients`, `Groups` and `IdentityProviders` those of their resources.
 *
 * @param file as errors name it
 * @throws PoolFileError with the place of every unknown setting and every wrong value
 */
export function poolFromFile(file: string, text: string): FilePool {
  return poolFromSettings(file, objectOf(readSettings(file, text, FILE_SETTINGS, "a user pool")));
}

/** @param settings as {@link poolFromFile} reads them */
function poolFromSettings(file: string, settings: JsonObject): FilePool {
  const lambda = objectOf(settings["Triggers"]);
  const preToken = objectOf(lambda["PreTokenGenerationConfig"]);
  const targets = targetsIn(lambda, preToken);
  const place = placeIn(file, settings);
  const clients = clientsIn(objectOf(settings["Clients"]));
  const config = poolConfigOf(settings, {
    place,
    name: textOf(settings["UserPoolName"]) ?? "local",
    triggers: new Set(targets.keys()),
    preTokenVersion: preTokenVersionOf(preToken["LambdaVersion"]),
    clients,
    groups: named(settings["Groups"]).map(([name, group]) => groupOf(name, group)),
    providers: named(settings["IdentityProviders"]).map(([name, provider]) => providerOf(name, provider)),
    identityPool:
      settings["IdentityPool"] === undefined
        ? undefined
        : identityPoolInFile(place, clients, objectOf(settings["IdentityPool"])),
  });
  assertWhole(file, config);
  for (const name of Object.keys(objectOf(objectOf(settings["IdentityPool"])["RoleMappings"]))) {
    if (!clients.some((client) => client.name === name)) {
      refuse(file, `\`RoleMappings\` names the client \`${name}\`; add it below \`Clients\``);
    }
  }
  return { config, targets, appOrigins: callbackOrigins(config.clients) };
}

const named = (value: unknown) =>
  Object.entries(objectOf(value)).map(([name, item]) => [name, objectOf(item)] as const);

function targetsIn(lambda: JsonObject, preToken: JsonObject): ReadonlyMap<TriggerName, string> {
  const written: JsonObject = {
    ...lambda,
    ...(textOf(preToken["LambdaArn"]) === undefined ? {} : { PreTokenGeneration: preToken["LambdaArn"] }),
  };
  return new Map(
    TRIGGERS.flatMap((trigger) => {
      const target = textOf(written[trigger]);
      return target === undefined ? [] : [[trigger, functionName(target)] as const];
    }),
  );
}

/** The name in the ARN of a function; anything else as it is. */
const functionName = (target: string) =>
  /^arn:[^:]+:lambda:[^:]*:[^:]*:function:([^:]+)/.exec(target)?.[1] ?? target;

function placeIn(file: string, settings: JsonObject): PoolPlace {
  const usual = usualPlace(textOf(settings["Region"]));
  const { region } = usual;
  const accountId = textOf(settings["AccountId"]) ?? usual.accountId;
  const userPoolId = textOf(settings["UserPoolId"]) ?? usual.userPoolId;
  if (!/^[a-z]{2}(?:-[a-z]+)+-\d$/.test(region)) {
    refuse(file, `\`Region\` is \`${region}\`; write one as \`us-east-1\``);
  }
  if (!/^\d{12}$/.test(accountId)) refuse(file, "`AccountId` has to have twelve digits, in quotes");
  // Libraries that verify tokens read the region out of the id.
  if (!userPoolId.startsWith(`${region}_`) || !/_[A-Za-z0-9]+$/.test(userPoolId)) {
    refuse(file, `\`UserPoolId\` is \`${userPoolId}\`; write \`${region}_\`, then letters and digits`);
  }
  return { region, accountId, userPoolId, issuer: issuerOf(region, userPoolId) };
}

/** Where a pool pretends to be that says nothing of it. */
export function usualPlace(region = "us-east-1"): PoolPlace {
  const userPoolId = `${region}_LocalPool`;
  return { region, accountId: "000000000000", userPoolId, issuer: issuerOf(region, userPoolId) };
}

const issuerOf = (region: string, userPoolId: string) =>
  `https://cognito-idp.${region}.amazonaws.com/${userPoolId}`;

/** The client of a pool that names none: what a web app needs on this machine. */
const USUAL_CLIENT: JsonObject = {
  AllowedOAuthFlows: ["code"],
  AllowedOAuthScopes: ["openid", "email", "profile", "phone", "aws.cognito.signin.user.admin"],
  CallbackURLs: [
    "http://localhost:3000/",
    "http://localhost:3000/callback",
    "http://localhost:5173/",
    "http://localhost:5173/callback",
  ],
  LogoutURLs: ["http://localhost:3000/", "http://localhost:5173/"],
  ExplicitAuthFlows: [
    "ALLOW_USER_SRP_AUTH",
    "ALLOW_USER_PASSWORD_AUTH",
    "ALLOW_ADMIN_USER_PASSWORD_AUTH",
    "ALLOW_USER_AUTH",
    "ALLOW_CUSTOM_AUTH",
    "ALLOW_REFRESH_TOKEN_AUTH",
  ],
};

function clientsIn(clients: JsonObject): readonly ClientConfig[] {
  const written = named(clients);
  return (written.length === 0 ? [["web", USUAL_CLIENT] as const] : written).map(([name, properties]) =>
    clientOf(name, properties),
  );
}

function clientOf(name: string, properties: JsonObject): ClientConfig {
  const id = textOf(properties["ClientId"]) ?? usualClientId(name);
  const given = textOf(properties["ClientSecret"]);
  const secret = given ?? (properties["GenerateSecret"] === true ? usualClientSecret(name) : undefined);
  return clientConfig({ name, id, secret }, properties, textsOf(properties["AllowedOAuthScopes"]));
}

/** The id of a client that was given none: the same at each start. */
export const usualClientId = (name: string) => `local${name.toLowerCase().replace(/[^a-z0-9]/g, "")}client`;

export const usualClientSecret = (name: string) => `local-secret-of-${name}`;

const groupOf = (name: string, group: JsonObject): GroupConfig => ({
  name,
  description: textOf(group["Description"]),
  precedence: typeof group["Precedence"] === "number" ? group["Precedence"] : undefined,
  roleArn: textOf(group["RoleArn"]),
});

const providerOf = (name: string, provider: JsonObject): ProviderConfig => ({
  name,
  type: textOf(provider["ProviderType"]) ?? "OIDC",
  attributeMapping: textMapOf(provider["AttributeMapping"]) ?? {},
});

/** What the settings of one part say of another. @throws PoolFileError */
function assertWhole(
  file: string,
  { clients, providers, usernameAttributes, aliasAttributes }: PoolConfig,
): void {
  if (usernameAttributes.length > 0 && aliasAttributes.length > 0) {
    refuse(file, "`UsernameAttributes` and `AliasAttributes` exclude each other; keep one of them");
  }
  const known = new Set(["COGNITO", ...providers.map(({ name }) => name)]);
  const ids = new Set<string>();
  for (const { name, id, identityProviders = [] } of clients) {
    if (ids.has(id)) refuse(file, `two clients have the id \`${id}\`; give one of them another \`ClientId\``);
    ids.add(id);
    const unknown = identityProviders.find((provider) => !known.has(provider));
    if (unknown !== undefined) {
      refuse(
        file,
        `the client \`${name}\` names the provider \`${unknown}\`; add it below \`IdentityProviders\``,
      );
    }
  }
}

function refuse(file: string, text: string): never {
  throw new PoolFileError([`${file}: ${text}`]);
}
