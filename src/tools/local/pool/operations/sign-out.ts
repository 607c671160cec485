import { textOf } from "../../../../json.ts";
import { endSignIn } from "../ended-sign-ins.ts";
import { verifiedAccessToken } from "../tokens/access-token-guard.ts";
import { existingUser, type Operation, requiredText, saveUser } from "./operation.ts";

/**
 * `AdminUserGlobalSignOut`: no refresh token counts any more, and the API of the pool takes no access token of the
 * ended sign-ins. For everybody else tokens that are out live on, as on AWS.
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
