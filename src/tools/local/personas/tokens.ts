import { generateKeyPairSync, type KeyObject, randomUUID, sign } from "node:crypto";

import { LOCAL } from "../identifiers.ts";
import type { MachinePersona, Persona, UserPersona } from "./personas.ts";

/** The public half of a signing key, in the five fields of a key that Cognito publishes. */
export interface PublicJwk {
  readonly alg: "RS256";
  readonly e: string;
  readonly kid: string;
  readonly kty: "RSA";
  readonly n: string;
  readonly use: "sig";
}

/** An RSA-2048 pair of a user pool that exists on this machine only. */
export interface SigningKey {
  readonly kid: string;
  readonly privateKey: KeyObject;
  readonly publicJwk: PublicJwk;
}

/** The claims of a token, before signing. */
export type Claims = Readonly<Record<string, unknown>>;

/** Makes a new RSA-2048 pair under this key id. */
export function createKeyPair(kid: string): SigningKey {
  return signingKeyOf(kid, generateKeyPairSync("rsa", { modulusLength: 2048 }));
}

/** A pair that exists already, under this key id. @throws TypeError where it is not RSA */
export function signingKeyOf(
  kid: string,
  pair: { readonly privateKey: KeyObject; readonly publicKey: KeyObject },
): SigningKey {
  const { n, e, kty } = pair.publicKey.export({ format: "jwk" });
  if (kty !== "RSA" || typeof n !== "string" || typeof e !== "string") {
    throw new TypeError("a user pool signs with RSA keys only");
  }
  return { kid, privateKey: pair.privateKey, publicJwk: { alg: "RS256", e, kid, kty: "RSA", n, use: "sig" } };
}

/** What `/.well-known/jwks.json` of a pool with these keys says. */
export function jwksOf(keys: readonly SigningKey[]): { readonly keys: readonly PublicJwk[] } {
  return { keys: keys.map(({ publicJwk }) => publicJwk) };
}

/** One part of a token: base64url without padding, of JSON or of text as it is. */
export function encodePart(part: unknown): string {
  return Buffer.from(typeof part === "string" ? part : JSON.stringify(part)).toString("base64url");
}

/**
 * Signs a token with RS256, whatever `header` claims; pass `{ kid: key.kid, alg: "RS256" }` for an honest one.
 * A payload given as a string is signed as it is: attack tests need JSON that no object can hold.
 */
export function signToken(header: Claims, payload: Claims | string, key: SigningKey): string {
  const input = `${encodePart(header)}.${encodePart(payload)}`;
  return `${input}.${sign("RSA-SHA256", Buffer.from(input), key.privateKey).toString("base64url")}`;
}

/** Signs a token with an honest header. */
export function signClaims(payload: Claims | string, key: SigningKey): string {
  return signToken({ kid: key.kid, alg: "RS256" }, payload, key);
}

/** How long the tokens of a pool live that nobody configured: one hour, in seconds. */
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
 * Attributes are in it as the pre-token-generation trigger copies them. `nowSeconds` is the time of issue.
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
 * @throws RangeError for a machine: Cognito issues it no identity token
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
