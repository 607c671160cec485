import { createHash, randomUUID } from "node:crypto";
import type { JsonObject } from "../../../json.ts";
import type { ClientConfig, PoolPlace } from "../config/pool-config.ts";
import type { Attributes, LinkedIdentity, SignIn } from "../directory/user.ts";
import type { GroupConfiguration } from "../triggers/trigger-event.ts";
import { readableAttributes } from "./readable-attributes.ts";
import type { TokenClaims } from "./token-override.ts";

/** The scope of every token that the API gave; only the OAuth endpoints know others. */
export const API_SCOPE = "aws.cognito.signin.user.admin";

const ID_TOKEN_BOOLEANS: ReadonlySet<string> = new Set(["email_verified", "phone_number_verified"]);

/** Whose tokens are made. */
export interface TokenSubject {
  readonly username: string;
  readonly attributes: Attributes;
  /** The attributes as triggers see them. */
  readonly eventAttributes: Attributes;
  readonly identities: readonly LinkedIdentity[];
  readonly groups: GroupConfiguration;
}

/**
 * The tokens that a pool without a pre-token-generation trigger gives a user.
 * https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-using-the-access-token.html
 *
 * @param now seconds since 1970
 */
export function userClaims(
  place: PoolPlace,
  { username, attributes, identities, groups }: Omit<TokenSubject, "eventAttributes">,
  client: ClientConfig,
  signIn: SignIn,
  now: number,
): TokenClaims {
  const shared = {
    sub: attributes["sub"],
    // Absent, not empty, for a user without a group: as on AWS.
    ...(groups.groupsToOverride.length === 0 ? {} : { "cognito:groups": groups.groupsToOverride }),
    iss: place.issuer,
    // On AWS, only clients whose tokens can be revoked have it.
    ...(client.enableTokenRevocation ? { origin_jti: signIn.id } : {}),
    event_id: randomUUID(),
    auth_time: signIn.authTime,
    iat: now,
  };
  return {
    access: {
      ...shared,
      version: 2,
      client_id: client.id,
      token_use: "access",
      scope: signIn.scopes.join(" "),
      exp: now + client.accessTokenSeconds,
      jti: randomUUID(),
      ...(signIn.resource === undefined ? {} : { aud: signIn.resource }),
      username,
    },
    id: {
      ...attributeClaims(readableAttributes(attributes, client, signIn.scopes)),
      ...shared,
      ...(groups.iamRolesToOverride.length === 0 ? {} : { "cognito:roles": groups.iamRolesToOverride }),
      ...(groups.preferredRole === null ? {} : { "cognito:preferred_role": groups.preferredRole }),
      ...(identities.length === 0 ? {} : { identities: identities.map(identityClaim) }),
      ...(signIn.nonce === undefined ? {} : { nonce: signIn.nonce }),
      "cognito:username": username,
      aud: client.id,
      token_use: "id",
      exp: now + client.idTokenSeconds,
      jti: randomUUID(),
    },
  };
}

/** The token that a pool without a pre-token-generation trigger gives a machine. @param now seconds since 1970 */
export function machineClaims(
  { issuer }: PoolPlace,
  client: ClientConfig,
  scopes: readonly string[],
  now: number,
): TokenClaims {
  return {
    access: {
      sub: client.id,
      token_use: "access",
      scope: scopes.join(" "),
      auth_time: now,
      iss: issuer,
      exp: now + client.accessTokenSeconds,
      iat: now,
      version: 2,
      jti: randomUUID(),
      client_id: client.id,
    },
    id: undefined,
  };
}

/** `at_hash` (OpenID Connect Core 3.1.3.6): the left half of the hash of the access token. */
export function accessTokenHash(accessToken: string): string {
  return createHash("sha256").update(accessToken).digest().subarray(0, 16).toString("base64url");
}

function attributeClaims(attributes: Attributes): JsonObject {
  const claims = Object.entries(attributes).map(([name, value]) => [
    name,
    ID_TOKEN_BOOLEANS.has(name) ? value === "true" : value,
  ]);
  return Object.fromEntries(claims) as JsonObject;
}

/** A linked account as tokens and events have it. */
export function identityClaim({
  providerName,
  providerType,
  userId,
  primary,
  createdAt,
}: LinkedIdentity): JsonObject {
  return {
    userId,
    providerName,
    providerType,
    issuer: null,
    primary: String(primary),
    dateCreated: String(createdAt),
  };
}
