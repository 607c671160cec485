import { JwtInvalidIssuerError, KidNotFoundInJwksError, NonRetryableFetchError } from "aws-jwt-verify/error";
import { type Fetcher, SimpleFetcher } from "aws-jwt-verify/https";
import { type Jwks, type JwksCache, type PenaltyBox, SimpleJwksCache } from "aws-jwt-verify/jwk";
import { jsonIn, objectOf, objectsOf } from "../json.ts";
import { monotonicMilliseconds } from "../monotonic-clock.ts";
import { ISSUER_FORMS } from "./issuer.ts";

export type { JwksCache };

/** A cache of keys that shows whether a pool has changed its keys. */
export interface KeysCache extends JwksCache {
  /** Grows whenever a known key set has changed after a fetch. */
  readonly generation: number;
}

/** The minimum time between fetches caused by unknown key ids, in milliseconds. */
export const REFRESH_INTERVAL = 10_000;

/**
 * The pause after the first failed fetch of a key set, in milliseconds. Each further failure doubles it, up to {@link
 * REFRESH_INTERVAL}: a brief failure costs a second, an outage one fetch in ten.
 */
export const FIRST_PAUSE = 1_000;

/**
 * The largest key set that is parsed, in bytes; Cognito's two keys take about 900. A larger one is an outage, and the
 * known keys stay in force. So is a set without a key, since a pool always publishes one.
 */
const MAX_KEY_SET_BYTES = 65_536;

/**
 * Decides when a key set may be fetched again because a token names an unknown key.
 *
 * At most one such fetch in {@link REFRESH_INTERVAL}, so that invented key ids cannot flood the pool. Within the
 * interval the set is fresh: a key that is not in it is not published, and a token that names it is bad. Tokens with a
 * known key never get here, so no caller can affect another's answer.
 */
class RefreshLimit implements PenaltyBox {
  readonly #now: () => number;
  readonly #freshUntil = new Map<string, number>();

  constructor(now: () => number) {
    this.#now = now;
  }

  wait(jwksUri: string): Promise<void> {
    return this.#now() < (this.#freshUntil.get(jwksUri) ?? Number.NEGATIVE_INFINITY)
      ? Promise.reject(new KidNotFoundInJwksError("the pool did not publish this key a moment ago"))
      : Promise.resolve();
  }

  registerFailedAttempt(jwksUri: string): void {
    this.#freshUntil.set(jwksUri, this.#now() + REFRESH_INTERVAL);
  }

  /** Nothing to forget: a fetch starts only once the interval has ended. */
  registerSuccessfulAttempt(): void {}
}

/** A key set whose fetch failed; not fetched again before a pause. */
interface Pause {
  /** The error for every token meanwhile: the same object, so that one failure is distinguished from two. */
  readonly error: unknown;
  readonly until: number;
  readonly failures: number;
}

// aws-jwt-verify's fetcher has the status only in its message.
const NOT_PUBLISHED = /Status code is 40[34]\b/;

/**
 * A cache of published keys whose fetches are bounded for each key set, regardless of the tokens: one at a time; after
 * a failure, one in each pause ({@link FIRST_PAUSE}); for unknown key ids, one in {@link REFRESH_INTERVAL}.
 *
 * While a pool is switched over, both forms of its issuer may be configured, and it publishes keys under one of them. A
 * token that names the other form must be a 401, not an error that looks like an outage: if one form has keys and the
 * other answers 403 or 404, the issuer is wrong.
 */
export class PoolKeysCache extends SimpleJwksCache implements KeysCache {
  readonly #now: () => number;
  readonly #seen = new Map<string, string>();
  #generation = 0;
  readonly #pauses = new Map<string, Pause>();

  /**
   * @param fetcher fetches the bytes of a key set
   * @param now milliseconds of a monotonic clock
   */
  constructor(fetcher: Fetcher, now: () => number = monotonicMilliseconds) {
    super({ fetcher: checked(fetcher), penaltyBox: new RefreshLimit(now) });
    this.#now = now;
  }

  override async getJwks(jwksUri: string): Promise<Jwks> {
    const pause = this.#pauses.get(jwksUri);
    if (pause !== undefined && this.#now() < pause.until) throw pause.error;
    try {
      // The library lets all who ask meanwhile wait for one fetch.
      const jwks = await super.getJwks(jwksUri);
      this.#pauses.delete(jwksUri);
      this.#compare(jwksUri, JSON.stringify(jwks));
      return jwks;
    } catch (cause) {
      const failures = pause?.failures ?? 0;
      const absent = this.#isAbsent(jwksUri, cause);
      const error = absent ? wrongIssuer() : cause;
      const length = absent ? REFRESH_INTERVAL : Math.min(FIRST_PAUSE * 2 ** failures, REFRESH_INTERVAL);
      this.#pauses.set(jwksUri, { error, until: this.#now() + length, failures: failures + 1 });
      throw error;
    }
  }

  /** Keys that were given, not fetched. A fetched set that differs is a change. */
  override addJwks(jwksUri: string, jwks: Jwks): void {
    super.addJwks(jwksUri, jwks);
    this.#seen.set(jwksUri, JSON.stringify(jwks));
  }

  get generation(): number {
    return this.#generation;
  }

  /** A fetch of the known keys, as invented key ids provoke it, is not a change. */
  #compare(jwksUri: string, keys: string): void {
    const before = this.#seen.get(jwksUri);
    if (before !== undefined && before !== keys) this.#generation += 1;
    this.#seen.set(jwksUri, keys);
  }

  #isAbsent(jwksUri: string, error: unknown): boolean {
    return (
      error instanceof NonRetryableFetchError &&
      NOT_PUBLISHED.test(error.message) &&
      this.#seen.has(otherForm(jwksUri)) &&
      !this.#seen.has(jwksUri)
    );
  }
}

/** The URL of the same pool's keys under the other form of its issuer. */
function otherForm(jwksUri: string): string {
  const [original, updated] = ISSUER_FORMS;
  return jwksUri.startsWith(original)
    ? updated + jwksUri.slice(original.length)
    : original + jwksUri.slice(updated.length);
}

function wrongIssuer(): JwtInvalidIssuerError {
  return new JwtInvalidIssuerError("the pool publishes no keys for this issuer", undefined);
}

/** A fetcher that rejects anything that cannot be a pool's key set, before it replaces the known one. */
function checked(fetcher: Fetcher): Fetcher {
  return {
    async fetch(uri) {
      const bytes = await fetcher.fetch(uri);
      if (bytes.byteLength > MAX_KEY_SET_BYTES) {
        throw new NonRetryableFetchError(uri, `the key set is larger than ${MAX_KEY_SET_BYTES} bytes`);
      }
      if (!namesKeys(bytes)) throw new NonRetryableFetchError(uri, "the key set has no keys");
      return bytes;
    },
  };
}

/** Whether the set contains a key that a token can name. */
function namesKeys(bytes: ArrayBuffer): boolean {
  const set = objectOf(jsonIn(Buffer.from(bytes).toString()));
  return objectsOf(set["keys"]).some(({ kid }) => typeof kid === "string");
}

/**
 * The cache of a deployed function: fetches the pool's JWKS over HTTPS with aws-jwt-verify's own fetcher.
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
export function publishedKeysCache(): KeysCache {
  return new PoolKeysCache(new SimpleFetcher());
}
