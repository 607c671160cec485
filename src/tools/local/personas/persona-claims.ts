import { randomUUID } from "node:crypto";
import type { Claims } from "../../cognito/tokens/signing.ts";
import { LOCAL } from "../identifiers.ts";
import type { MachinePersona, Persona, UserPersona } from "./personas.ts";

/** The default lifetime of a pool's tokens: one hour, in seconds. */
export const TOKEN_LIFETIME = 3600;

/** The id of an app client by its logical name. @throws RangeError for one that the local pool does not have */
function clientId(name: string): string {
  const id = Object.entries(LOCAL.appClients).find(([logical]) => logical === name)?.[1];
  if (id === undefined) throw new RangeError(`the local pool has no app client \`${name}\``);
  return id;
}

/**
 * The claims of an access token for this persona, in the shape that Cognito documents
 * (https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-using-the-access-token.html).
 * It includes the attributes that the pre-token-generation trigger copies. `nowSeconds` is the time of issue.
 */
export function accessTokenClaims(persona: Persona, nowSeconds: number): Claims {
  return persona.kind === "user"
    ? userAccessTokenClaims(persona, nowSeconds)
    : machineAccessTokenClaims(persona, nowSeconds);
}

function userAccessTokenClaims(persona: UserPersona, nowSeconds: number): Claims {
  return {
    ...persona.attributes,
    sub: persona.sub,
    ...(persona.groups.length === 0 ? {} : { "cognito:groups": persona.groups }),
    iss: LOCAL.issuer,
    version: 2,
    client_id: clientId(persona.client),
    origin_jti: randomUUID(),
    event_id: randomUUID(),
    token_use: "access",
    scope: "openid profile email",
    auth_time: nowSeconds,
    exp: nowSeconds + TOKEN_LIFETIME,
    iat: nowSeconds,
    jti: randomUUID(),
    username: persona.username,
  };
}

function machineAccessTokenClaims(persona: MachinePersona, nowSeconds: number): Claims {
  const id = clientId(persona.client);
  return {
    sub: id,
    token_use: "access",
    scope: persona.scopes.join(" "),
    auth_time: nowSeconds,
    iss: LOCAL.issuer,
    exp: nowSeconds + TOKEN_LIFETIME,
    iat: nowSeconds,
    version: 2,
    jti: randomUUID(),
    client_id: id,
  };
}

/**
 * The claims of an identity token for this persona
 * (https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-using-the-id-token.html).
 * @throws RangeError for a machine: Cognito issues no identity token to it
 */
export function idTokenClaims(persona: Persona, nowSeconds: number): Claims {
  if (persona.kind === "machine") throw new RangeError("Cognito issues no identity token to a machine");
  return {
    sub: persona.sub,
    ...(persona.groups.length === 0 ? {} : { "cognito:groups": persona.groups }),
    email_verified: true,
    iss: LOCAL.issuer,
    "cognito:username": persona.username,
    origin_jti: randomUUID(),
    aud: clientId(persona.client),
    event_id: randomUUID(),
    token_use: "id",
    auth_time: nowSeconds,
    exp: nowSeconds + TOKEN_LIFETIME,
    iat: nowSeconds,
    jti: randomUUID(),
    email: persona.email,
    ...Object.fromEntries(
      Object.entries(persona.attributes).map(([name, value]) => [`custom:${name}`, value]),
    ),
  };
}
