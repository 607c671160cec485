import { textOf } from "../../../../json.ts";
import { endSignIn } from "../ended-sign-ins.ts";
import { verifiedAccessToken } from "../tokens/access-token-guard.ts";
import { existingUser, type Operation, requiredText, saveUser } from "./operation.ts";

/**
 * `AdminUserGlobalSignOut`: no refresh token works any more, and the API of the pool accepts no access token of the
 * ended sign-ins. For all other services issued tokens stay valid, as on AWS.
 */
export const adminUserGlobalSignOut: Operation = async (pool, request) => {
  const user = await existingUser(pool, requiredText(request, "Username"));
  await saveUser(pool, { ...user, RefreshTokens: [] });
  for (const token of user.RefreshTokens) endSignIn(pool, token);
  for (const [token, { username }] of pool.exchanged) {
    if (username !== user.Username) continue;
    pool.exchanged.delete(token);
    endSignIn(pool, token);
  }
  return {};
};

/** `GlobalSignOut`: the same, by the user. */
export const globalSignOut: Operation = async (pool, request) => {
  const claims = verifiedAccessToken(requiredText(request, "AccessToken"), pool.keys.access, pool.now());
  return adminUserGlobalSignOut(pool, { Username: textOf(claims["sub"]) });
};
