import { createHash } from "node:crypto";
import type { KeysCache } from "./signing-keys-cache.ts";
import type { VerifiedToken } from "./verified-token.ts";

/** How long a token is remembered before it is verified again, in seconds. */
export const MAX_MEMO_AGE = 300;

export interface TokenMemoOptions {
  /** Verifies a token that is not remembered. */
  readonly verify: (token: string) => Promise<VerifiedToken>;
  /** Where the verification has its keys. */
  readonly keys: Pick<KeysCache, "generation">;
  /** How many tokens are remembered; the one that was not used for the longest time makes room. */
  readonly entries: number;
  /** Epoch seconds. */
  readonly now: () => number;
}

interface Entry {
  readonly token: VerifiedToken;
  readonly verifiedAt: number;
}

/**
 * A verification that remembers what it verified, so that a token seen before costs no signature. Why that is
 * safe: docs/adr/0020-token-memo.md.
 *
 * Only what was verified is remembered, never a refusal, and each token under the digest of all its characters.
 * It is verified again once it has expired or is older than {@link MAX_MEMO_AGE}, or where the clock went back;
 * everything is forgotten when a pool's keys have changed. What may change while a token lives (the policy, a
 * revocation) is looked at after this, every time.
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
    // Keys that changed meanwhile may be without the one that it was verified with.
    if (current() === before) {
      memo.delete(key);
      memo.set(key, { token: verified, verifiedAt: now() });
      dropOldest(memo, entries);
    }
    return verified;
  };
}

/** Not the token itself: what stands in memory for minutes should not be a credential. */
function digest(token: string): string {
  return createHash("sha256").update(token).digest("base64");
}

function isFresh({ token, verifiedAt }: Entry, now: number): boolean {
  return now >= verifiedAt && now < verifiedAt + MAX_MEMO_AGE && now < token.expiresAt;
}

/** A Map keeps the order of insertion, and a hit inserts again: the first one is the least recently used. */
function dropOldest(memo: Map<string, Entry>, entries: number): void {
  for (const key of memo.keys()) {
    if (memo.size <= entries) return;
    memo.delete(key);
  }
}
