import { type JsonObject, objectOf, textOf, textsOf } from "../../../json.ts";
import type { ClientConfig } from "./pool-config.ts";
import { flagIn, numberIn } from "./written-value.ts";

const UNIT_SECONDS: ReadonlyMap<unknown, number> = new Map([
  ["seconds", 1],
  ["minutes", 60],
  ["hours", 3600],
  ["days", 86_400],
]);

/** What AWS gives tokens where a client says nothing. */
const DEFAULT_SECONDS = { access: 3600, id: 3600, refresh: 30 * 86_400 } as const;

const DEFAULT_AUTH_SESSION_MINUTES = 3;

/** Who an app client is here: what a template leaves to AWS. */
export interface ClientIdentity {
  readonly name: string;
  readonly id: string;
  readonly secret: string | undefined;
}

/**
 * An app client, from the properties of `AWS::Cognito::UserPoolClient`; what they leave out is as AWS has it.
 *
 * @param scopes `AllowedOAuthScopes` with every reference resolved
 */
export function clientConfig(
  { name, id, secret }: ClientIdentity,
  properties: JsonObject,
  scopes: readonly string[],
): ClientConfig {
  const units = objectOf(properties["TokenValidityUnits"]);
  const list = (key: string) => (Array.isArray(properties[key]) ? textsOf(properties[key]) : undefined);
  return {
    name,
    id,
    secret,
    // The flag turns the rest of OAuth off.
    flows:
      flagIn(properties["AllowedOAuthFlowsUserPoolClient"]) === false
        ? []
        : textsOf(properties["AllowedOAuthFlows"]),
    scopes,
    callbackUrls: textsOf(properties["CallbackURLs"]),
    logoutUrls: textsOf(properties["LogoutURLs"]),
    defaultRedirectUri: textOf(properties["DefaultRedirectURI"]),
    identityProviders: list("SupportedIdentityProviders"),
    writeAttributes: list("WriteAttributes"),
    readAttributes: list("ReadAttributes"),
    explicitAuthFlows: list("ExplicitAuthFlows"),
    preventUserExistenceErrors: properties["PreventUserExistenceErrors"] === "ENABLED",
    enableTokenRevocation: flagIn(properties["EnableTokenRevocation"]) ?? true,
    accessTokenSeconds:
      seconds(properties["AccessTokenValidity"], units["AccessToken"], "hours") ?? DEFAULT_SECONDS.access,
    idTokenSeconds: seconds(properties["IdTokenValidity"], units["IdToken"], "hours") ?? DEFAULT_SECONDS.id,
    refreshTokenSeconds:
      seconds(properties["RefreshTokenValidity"], units["RefreshToken"], "days") ?? DEFAULT_SECONDS.refresh,
    authSessionSeconds: 60 * (numberIn(properties["AuthSessionValidity"]) ?? DEFAULT_AUTH_SESSION_MINUTES),
    rotationGraceSeconds: rotationGrace(objectOf(properties["RefreshTokenRotation"])),
  };
}

function rotationGrace({ Feature: feature, RetryGracePeriodSeconds: grace }: JsonObject): number | undefined {
  if (feature !== "ENABLED") return undefined;
  return numberIn(grace) ?? 0;
}

function seconds(value: unknown, unit: unknown, usual: string): number | undefined {
  const count = numberIn(value);
  if (count === undefined || count <= 0) return undefined;
  return count * (UNIT_SECONDS.get(unit ?? usual) ?? 3600);
}

/** Origins of the pages that a sign-in returns to. An app on a phone returns to a scheme of its own, which has none. */
export function callbackOrigins(clients: readonly ClientConfig[]): readonly string[] {
  const returns = clients.flatMap(({ callbackUrls }) => callbackUrls.filter((url) => URL.canParse(url)));
  return [...new Set(returns.map((url) => new URL(url).origin))].filter((origin) => origin !== "null");
}
