import type { LocalPool } from "./local-pool.ts";
import { readRefreshToken } from "./tokens/refresh-token.ts";

/** The `origin_jti` of the sign-ins of a pool that a global sign-out ended, as long as this process runs. */
const ended = new WeakMap<LocalPool, Set<string>>();

/** Ends the sign-in that a refresh token continues: the API of the pool takes its access tokens no longer. */
export function endSignIn(pool: LocalPool, refreshToken: string): void {
  const originJti = readRefreshToken(refreshToken)?.signIn.originJti;
  if (originJti !== undefined) ended.set(pool, (ended.get(pool) ?? new Set()).add(originJti));
}

export function isEnded(pool: LocalPool, originJti: string): boolean {
  return ended.get(pool)?.has(originJti) === true;
}
