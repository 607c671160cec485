import { createHmac, createPublicKey, randomUUID } from "node:crypto";
import {
  type Claims,
  createKeyPair,
  encodePart,
  jwksOf,
  type PublicJwk,
  signClaims,
  signToken,
} from "../../src/tools/cognito/tokens/signing.ts";
import { LOCAL } from "../../src/tools/local/identifiers.ts";

const key = createKeyPair("bench-key");
const now = Math.floor(Date.now() / 1000);
const CLIENT = LOCAL.appClients.web;

/** What every verification is given, as plain data that also goes into bundles. */
export interface Trust {
  readonly issuer: string;
  readonly userPoolId: string;
  readonly clientId: string;
  readonly jwks: { readonly keys: readonly PublicJwk[] };
  readonly pem: string;
}

export const TRUST: Trust = {
  issuer: LOCAL.issuer,
  userPoolId: LOCAL.userPoolId,
  clientId: CLIENT,
  jwks: jwksOf([key]),
  pem: createPublicKey(key.privateKey).export({ type: "spki", format: "pem" }).toString(),
};

/** A new access token of a user in these groups, RS256 with 2,048 bits. */
export function accessToken(groups: readonly string[]): string {
  return signClaims(claimsOf(groups), key);
}

/** Tokens that every verification must refuse, each with what is wrong with it. */
export function refusedTokens(groups: readonly string[]): Readonly<Record<string, string>> {
  const claims = claimsOf(groups);
  const good = signClaims(claims, key);
  const [header = "", payload = "", signature = ""] = good.split(".");
  const confused = `${encodePart({ kid: key.kid, alg: "HS256" })}.${payload}`;
  const secret = TRUST.pem;
  return {
    "a changed payload": `${header}.${encodePart({ ...claims, "cognito:groups": ["admins"] })}.${signature}`,
    "the signature of another key": signClaims(claims, createKeyPair(key.kid)),
    "an unknown key": signClaims(claims, createKeyPair("other-key")),
    "no signature": `${encodePart({ kid: key.kid, alg: "none" })}.${payload}.`,
    "an HMAC made of the public key": `${confused}.${createHmac("sha256", secret).update(confused).digest("base64url")}`,
    "another issuer": signClaims({ ...claims, iss: `${LOCAL.issuer}X` }, key),
    "another app client": signClaims({ ...claims, client_id: "otherclient000000000000001" }, key),
    "an expired token": signClaims(
      { ...claims, exp: now - 600, iat: now - 4200, auth_time: now - 4200 },
      key,
    ),
    "an ID token": signToken(
      { kid: key.kid, alg: "RS256" },
      { ...claims, token_use: "id", aud: CLIENT, client_id: undefined },
      key,
    ),
  };
}

function claimsOf(groups: readonly string[]): Claims {
  return {
    sub: randomUUID(),
    "cognito:groups": groups,
    iss: LOCAL.issuer,
    version: 2,
    client_id: CLIENT,
    origin_jti: randomUUID(),
    event_id: randomUUID(),
    token_use: "access",
    scope: "openid profile email",
    auth_time: now,
    exp: now + 3600,
    iat: now,
    jti: randomUUID(),
    username: randomUUID(),
  };
}
