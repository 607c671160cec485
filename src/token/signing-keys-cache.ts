import { JwtInvalidIssuerError, KidNotFoundInJwksError, NonRetryableFetchError } from "aws-jwt-verify/error";
import { type Fetcher, SimpleFetcher } from "aws-jwt-verify/https";
import { type Jwks, type JwksCache, type PenaltyBox, SimpleJwksCache } from "aws-jwt-verify/jwk";
import { jsonIn, objectOf, objectsOf } from "../json.ts";
import { ISSUER_FORMS } from "./issuer.ts";

export type { JwksCache };

/** A cache of keys that tells whether a pool has changed its keys. */
export interface KeysCache extends JwksCache {
  /** Grows whenever a key set that was known is fetched again and is another one. */
  readonly generation: number;
}

/** How long one unknown key id keeps the key set from being fetched again, in milliseconds. */
export const REFRESH_INTERVAL = 10_000;

/**
 * How long a key set is not fetched again after the first failed fetch, in milliseconds. Each further failure doubles
 * it, up to {@link REFRESH_INTERVAL}: a short trouble costs a second, an outage costs one fetch in ten.
 */
export const FIRST_PAUSE = 1_000;

/**
 * The largest key set that is parsed, in bytes; Cognito's two keys take about 900. A larger one is an outage,
 * and the keys that were known stay in force. So is a set without a key: a pool always publishes one.
 */
export const MAX_KEY_SET_BYTES = 65_536;

/**
 * Decides when the key set may be fetched again, because a token names a key that is not in it.
 *
 * Key sets are fetched at most once in {@link REFRESH_INTERVAL} for this reason, so that made-up key ids cannot flood
 * the pool. Within the interval the set is fresh: a key that is not in it is not published, and the token that names it
 * is a bad one. Tokens signed with a known key never come here, so nobody can spoil anybody else's answer.
 */
class RefreshLimit implements PenaltyBox {
  readonly #now: () => number;
  readonly #freshUntil = new Map<string, number>();

  constructor(now: () => number) {
    this.#now = now;
  }

  wait(jwksUri: string): Promise<void> {
    return this.#now() < (this.#freshUntil.get(jwksUri) ?? Number.NEGATIVE_INFINITY)
      ? Promise.reject(new KidNotFoundInJwksError("the key was not among the published keys a moment ago"))
      : Promise.resolve();
  }

  registerFailedAttempt(jwksUri: string): void {
    this.#freshUntil.set(jwksUri, this.#now() + REFRESH_INTERVAL);
  }

  registerSuccessfulAttempt(jwksUri: string): void {
    this.#freshUntil.delete(jwksUri);
  }
}

/** A key set that could not be fetched, and is not fetched again for a while. */
interface Pause {
  /** What every token is answered with meanwhile: the same object, so that one failure is told from two. */
  readonly error: unknown;
  readonly until: number;
  readonly failures: number;
}

// aws-jwt-verify's fetcher says the status in its message only.
const NOT_PUBLISHED = /Status code is 40[34]\b/;

/**
 * A cache of published keys, whose fetches are bounded for each key set, whatever tokens come: one at a time; of those
 * that fail, one in each pause ({@link FIRST_PAUSE}); of those that an unknown key id causes, one in
 * {@link REFRESH_INTERVAL}.
 *
 * While a pool is switched over, both forms of its issuer may be configured, and it publishes keys under one of them.
 * A token that names the other form must be a 401, not an error that looks like an outage: where one form has keys and
 * the other answers 403 or 404, the issuer is wrong.
 */
export class PoolKeysCache extends SimpleJwksCache implements KeysCache {
  readonly #now: () => number;
  readonly #seen = new Map<string, string>();
  #generation = 0;
  readonly #running = new Map<string, Promise<Jwks>>();
  readonly #pauses = new Map<string, Pause>();

  /**
   * @param fetcher gets the bytes of a key set
   * @param now milliseconds of a clock that never goes back
   */
  constructor(fetcher: Fetcher, now: () => number = () => performance.now()) {
    super({ fetcher: checked(fetcher), penaltyBox: new RefreshLimit(now) });
    this.#now = now;
  }

  override async getJwks(jwksUri: string): Promise<Jwks> {
    const running = this.#running.get(jwksUri);
    if (running !== undefined) return running;
    const pause = this.#pauses.get(jwksUri);
    if (pause !== undefined && this.#now() < pause.until) throw pause.error;
    const fetching = this.#fetch(jwksUri, pause?.failures ?? 0).finally(() => {
      this.#running.delete(jwksUri);
    });
    this.#running.set(jwksUri, fetching);
    return fetching;
  }

  async #fetch(jwksUri: string, failures: number): Promise<Jwks> {
    try {
      const jwks = await super.getJwks(jwksUri);
      this.#pauses.delete(jwksUri);
      this.#compare(jwksUri, JSON.stringify(jwks));
      return jwks;
    } catch (cause) {
      const absent = this.#isAbsent(jwksUri, cause);
      const error = absent ? wrongIssuer() : cause;
      const length = absent ? REFRESH_INTERVAL : Math.min(FIRST_PAUSE * 2 ** failures, REFRESH_INTERVAL);
      this.#pauses.set(jwksUri, { error, until: this.#now() + length, failures: failures + 1 });
      throw error;
    }
  }

  get generation(): number {
    return this.#generation;
  }

  /** A fetch that brings what is known, as made-up key ids provoke, is no change. */
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

/** Where the same pool publishes its keys under the other form of its issuer. */
function otherForm(jwksUri: string): string {
  const [original, updated] = ISSUER_FORMS;
  return jwksUri.startsWith(original)
    ? updated + jwksUri.slice(original.length)
    : original + jwksUri.slice(updated.length);
}

function wrongIssuer(): JwtInvalidIssuerError {
  return new JwtInvalidIssuerError("the pool publishes no keys for this issuer", undefined);
}

/** A fetcher for which what cannot be a pool's key set is a failed fetch, before it takes the place of the known one. */
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

/** Whether the set has a key that a token can name. */
function namesKeys(bytes: ArrayBuffer): boolean {
  const set = objectOf(jsonIn(new TextDecoder().decode(bytes)));
  return objectsOf(set["keys"]).some(({ kid }) => typeof kid === "string");
}

/** The cache of a deployed function: fetches the pool's JWKS over HTTPS with aws-jwt-verify's own fetcher. */
export function publishedKeysCache(): KeysCache {
  return new PoolKeysCache(new SimpleFetcher());
}
