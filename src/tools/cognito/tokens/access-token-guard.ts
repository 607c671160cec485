import { type JsonObject, textOf } from "../../../json.ts";
import { CognitoError, notAuthorized } from "../cognito-error.ts";
import type { User } from "../directory/user.ts";
import { assertEnabled } from "../operations/operation.ts";
import type { Pool } from "../pool.ts";
import { signedClaims } from "./signed-claims.ts";
import type { SigningKey } from "./signing.ts";
import { API_SCOPE } from "./stock-claims.ts";

/** Who calls an operation that takes an access token. */
export interface TokenCaller {
  readonly user: User;
  readonly claims: JsonObject;
}

/**
 * The user of an access token that the API of the pool takes. One of the OAuth endpoints needs the scope for it.
 *
 * @throws CognitoError `NotAuthorizedException`, or `UserNotFoundException` where the user was deleted
 */
export function tokenCaller(pool: Pool, accessToken: string): TokenCaller {
  const caller = liveTokenCaller(pool, accessToken);
  const scopes = (textOf(caller.claims["scope"]) ?? "").split(" ");
  if (!scopes.includes(API_SCOPE)) throw notAuthorized("Access Token does not have required scopes");
  return caller;
}

/**
 * The user of an access token, whatever its scopes. A signature and a time alone are not enough, unlike for an
 * authorizer: a user who is disabled, or whose sign-in was ended, calls nothing any more.
 * https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AdminUserGlobalSignOut.html
 *
 * @throws CognitoError `NotAuthorizedException`, or `UserNotFoundException` where the user was deleted
 */
export function liveTokenCaller(pool: Pool, accessToken: string): TokenCaller {
  const claims = verifiedAccessToken(accessToken, pool.keys.published(), pool.now());
  // By nothing but `sub`: that of a machine's token is its client, which may be somebody's username.
  const user = pool.users.bySub(textOf(claims["sub"]) ?? "");
  if (user === undefined) throw new CognitoError("UserNotFoundException", "User does not exist.");
  assertEnabled(user);
  if (isEnded(pool, user, claims)) throw notAuthorized("Access Token has been revoked");
  return { user, claims };
}

/** Tokens of a client without revocation do not name their sign-in; sign-out ends these, too. */
function isEnded({ signIns }: Pool, { username }: User, claims: JsonObject): boolean {
  const id = textOf(claims["origin_jti"]);
  if (id !== undefined) return signIns.find(id)?.ended === true;
  const { client_id: clientId, auth_time: authTime } = claims;
  const own = signIns
    .of(username)
    .filter((signIn) => signIn.clientId === clientId && signIn.authTime === authTime);
  return own.length > 0 && own.every(({ ended }) => ended);
}

/**
 * The claims of an access token of this pool.
 *
 * @param keys every key that the pool publishes
 * @param now milliseconds since 1970
 * @throws CognitoError `NotAuthorizedException`
 */
export function verifiedAccessToken(token: string, keys: readonly SigningKey[], now: number): JsonObject {
  const claims = signedClaims(token, keys);
  if (claims === undefined) throw notAuthorized("Invalid Access Token");
  if (claims["token_use"] !== "access") throw notAuthorized("Invalid Access Token");
  if (typeof claims["exp"] !== "number" || claims["exp"] * 1000 <= now) {
    throw notAuthorized("Access Token has expired");
  }
  return claims;
}
