import type { JsonObject } from "../../../../json.ts";
import { notAuthorized } from "../cognito-error.ts";
import type { StoredUser } from "../cognito-local.ts";
import type { LocalPool } from "../local-pool.ts";
import type { ClientPlan } from "../pool-plan.ts";
import { issueTokens } from "../tokens/issue-tokens.ts";
import { readRefreshToken } from "../tokens/refresh-token.ts";
import { assertEnabled, findUser, type Operation, requiredText, saveUser, userClient } from "./operation.ts";

/** `GetTokensFromRefreshToken`: the refresh of clients with rotation, open to those without. */
export const getTokensFromRefreshToken: Operation = async (pool, request) =>
  refresh(pool, requiredText(request, "RefreshToken"), userClient(pool, request));

/**
 * Continues the sign-in of a refresh token: same time of authentication, same origin, new rights. Where the client
 * rotates, the answer has another refresh token, and the given one counts only until its grace period is over.
 *
 * @throws CognitoError `NotAuthorizedException`
 */
export async function refresh(pool: LocalPool, token: string, client: ClientPlan): Promise<JsonObject> {
  const memory = readRefreshToken(token);
  const user = await holderOf(pool, token);
  if (memory === undefined || user === undefined || memory.clientId !== client.id) {
    throw notAuthorized("Invalid Refresh Token");
  }
  assertEnabled(user);
  const source = "TokenGeneration_RefreshTokens";
  const { AccessToken, IdToken, RefreshToken } = await issueTokens(pool, user, client, memory.signIn, source);
  const tokens = { AccessToken, IdToken, TokenType: "Bearer", ExpiresIn: client.accessTokenSeconds };
  if (client.rotationGraceSeconds === undefined) return { AuthenticationResult: tokens };
  await exchange(pool, user.Username, token, RefreshToken, client.rotationGraceSeconds);
  return { AuthenticationResult: { ...tokens, RefreshToken } };
}

async function holderOf(pool: LocalPool, token: string): Promise<StoredUser | undefined> {
  const user = await pool.stock.users.getUserByRefreshToken(pool.stock.context, token);
  if (user !== null) return user;
  const old = pool.exchanged.get(token);
  if (old === undefined || pool.now().getTime() >= old.until) return undefined;
  return (await findUser(pool, old.username)) ?? undefined;
}

async function exchange(
  pool: LocalPool,
  username: string,
  before: string,
  after: string,
  graceSeconds: number,
): Promise<void> {
  // Read again: the trigger may have changed the user meanwhile.
  const user = await findUser(pool, username);
  if (user === null) throw notAuthorized("Invalid Refresh Token");
  const kept = user.RefreshTokens.filter((token) => token !== before);
  await saveUser(pool, { ...user, RefreshTokens: [...kept, after] });
  const now = pool.now().getTime();
  for (const [token, { until }] of pool.exchanged) if (now >= until) pool.exchanged.delete(token);
  // The first exchange starts the grace period; a second one within it does not lengthen it.
  if (!pool.exchanged.has(before)) {
    pool.exchanged.set(before, { username, until: now + graceSeconds * 1000 });
  }
}
