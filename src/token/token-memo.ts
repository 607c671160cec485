import { hash } from "node:crypto";
import type { KeysCache } from "./signing-keys-cache.ts";
import type { VerifiedToken } from "./verified-token.ts";

/** How long a token is remembered before it is verified again, in seconds. */
export const MAX_MEMO_AGE = 300;

export interface TokenMemoOptions {
  /** Verifies a token that is not remembered. */
  readonly verify: (token: string) => Promise<VerifiedToken>;
  /** The keys of the verification. */
  readonly keys: Pick<KeysCache, "generation">;
  /** The number of remembered tokens; the least recently used one is dropped. */
  readonly entries: number;
  /** Epoch seconds. */
  readonly now: () => number;
}

interface Entry {
  readonly token: VerifiedToken;
  readonly verifiedAt: number;
}

/**
 * A verification that remembers verified tokens, so that a token seen before costs no signature.
 * docs/adr/0020-token-memo.md explains why this is safe.
 *
 * Remembers only verified tokens, never refusals, each under the digest of all its characters. A token is verified
 * again once it has expired, the entry is older than {@link MAX_MEMO_AGE}, or the clock went back; all are forgotten
 * when a pool's keys change. Whatever can change while a token lives (the policy, a revocation) is checked after this,
 * every time.
 *
 * @example
 * import { createTokenMemo, createTokenVerifier, publishedKeysCache } from "claimgate/authorizers";
 *
 * const [keys, now] = [publishedKeysCache(), () => Date.now() / 1000];
 * const appClients = new Map([["web", "1h57kf5cpq17m0eml12EXAMPLE"]]);
 * const issuers = [{ userPoolId: "eu-west-1_AbCdEfGhI", appClients }];
 * const verifier = createTokenVerifier({ issuers, jwksCache: keys, now });
 * export const verify = createTokenMemo({ verify: (token) => verifier.verify(token), keys, entries: 1_000, now });
 */
export function createTokenMemo(options: TokenMemoOptions): (token: string) => Promise<VerifiedToken> {
  const { verify, keys, entries, now } = options;
  const memo = new Map<string, Entry>();
  let generation = keys.generation;
  const current = (): number => {
    if (generation !== keys.generation) memo.clear();
    generation = keys.generation;
    return generation;
  };
  return async (token) => {
    const before = current();
    const key = digest(token);
    const entry = memo.get(key);
    memo.delete(key);
    if (entry !== undefined && isFresh(entry, now())) {
      memo.set(key, entry);
      return entry.token;
    }
    const verified = await verify(token);
    // The keys may have changed meanwhile and no longer include the one that verified it.
    if (current() === before) {
      memo.delete(key);
      memo.set(key, { token: verified, verifiedAt: now() });
      dropOldest(memo, entries);
    }
    return verified;
  };
}

/** The digest, not the token: credentials should not stay in memory for minutes. */
function digest(token: string): string {
  return hash("sha256", token, "base64");
}

function isFresh({ token, verifiedAt }: Entry, now: number): boolean {
  return now >= verifiedAt && now < verifiedAt + MAX_MEMO_AGE && now < token.expiresAt;
}

/** A Map keeps insertion order, and a hit inserts again, so the first entry is the least recently used. */
function dropOldest(memo: Map<string, Entry>, entries: number): void {
  for (const key of memo.keys()) {
    if (memo.size <= entries) return;
    memo.delete(key);
  }
}
