import { type JsonObject, textOf } from "../../../json.ts";
import { notAuthorized } from "./cognito-error.ts";
import { isEnded } from "./ended-sign-ins.ts";
import type { LocalPool } from "./local-pool.ts";
import { assertEnabled, existingUser } from "./operations/operation.ts";
import { verifiedAccessToken } from "./tokens/access-token-guard.ts";

/**
 * The claims of an access token that the API of the pool takes: a signature and a time alone are not enough there,
 * unlike for an authorizer. A user who is disabled, or whose sign-in was ended, calls nothing any more: GetUser,
 * DeleteUser, ...
 * https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AdminUserGlobalSignOut.html
 *
 * @throws CognitoError `NotAuthorizedException`, or `UserNotFoundException` where the user was deleted
 */
export async function liveAccessToken(pool: LocalPool, token: string): Promise<JsonObject> {
  const claims = verifiedAccessToken(token, pool.keys.access, pool.now());
  assertEnabled(await existingUser(pool, textOf(claims["sub"]) ?? ""));
  const originJti = textOf(claims["origin_jti"]);
  if (originJti !== undefined && isEnded(pool, originJti)) {
    throw notAuthorized("Access Token has been revoked");
  }
  return claims;
}
