import {
  JwtInvalidIssuerError,
  KidNotFoundInJwksError,
  NonRetryableFetchError,
  WaitPeriodNotYetEndedJwkError,
} from "aws-jwt-verify/error";
import { type Fetcher, SimpleFetcher } from "aws-jwt-verify/https";
import { type Jwks, type JwksCache, type PenaltyBox, SimpleJwksCache } from "aws-jwt-verify/jwk";
import { ISSUER_FORMS } from "./issuer.ts";

export type { JwksCache };

/** A cache of keys that tells whether a pool has changed its keys. */
export interface KeysCache extends JwksCache {
  /** Grows whenever a key set that was known is fetched again and is another one. */
  readonly generation: number;
}

/** How long one unknown key id keeps the key set from being fetched again, in milliseconds. */
export const REFRESH_INTERVAL = 10_000;

/** How many unknown key ids are remembered. They come from whoever sends a request, so they are bounded. */
const REMEMBERED_KIDS = 100;

/**
 * The largest key set that is parsed, in bytes; Cognito's two keys take about 900. A larger one is an outage,
 * and the keys that were known stay in force.
 */
export const MAX_KEY_SET_BYTES = 65_536;

/** Key ids are compared, never stored, beyond this length; Cognito's have 44 characters. */
const LONGEST_KID = 256;

/**
 * Decides when the key set may be fetched again, because a token names a key that is not in it.
 *
 * Key sets are fetched at most once in {@link REFRESH_INTERVAL} for this reason, so that made-up key ids
 * cannot flood the pool. Within the interval a key id that was looked for and not found stays not found (the
 * token is invalid: 401); any other unknown one cannot be judged (an error, not a 401: the key may be new).
 * Tokens signed with a known key never come here, so nobody can spoil anybody else's answer.
 */
export class RefreshLimit implements PenaltyBox {
  readonly #now: () => number;
  readonly #closedUntil = new Map<string, number>();
  readonly #missing = new Map<string, Set<string>>();

  /** @param now milliseconds of a clock that never goes back */
  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
  }

  wait(jwksUri: string, kid: string): Promise<void> {
    const until = this.#closedUntil.get(jwksUri);
    if (until === undefined) return Promise.resolve();
    if (this.#now() >= until) {
      this.#open(jwksUri);
      return Promise.resolve();
    }
    return Promise.reject(
      this.#missing.get(jwksUri)?.has(kid) === true
        ? new KidNotFoundInJwksError("the key was not among the published keys a moment ago")
        : new WaitPeriodNotYetEndedJwkError("the published keys were fetched a moment ago"),
    );
  }

  registerFailedAttempt(jwksUri: string, kid: string): void {
    this.#closedUntil.set(jwksUri, this.#now() + REFRESH_INTERVAL);
    const kids = this.#missing.get(jwksUri) ?? new Set();
    if (kids.size < REMEMBERED_KIDS && kid.length <= LONGEST_KID) kids.add(kid);
    this.#missing.set(jwksUri, kids);
  }

  registerSuccessfulAttempt(jwksUri: string): void {
    this.#open(jwksUri);
  }

  #open(jwksUri: string): void {
    this.#closedUntil.delete(jwksUri);
    this.#missing.delete(jwksUri);
  }
}

// aws-jwt-verify's fetcher says the status in its message only.
const NOT_PUBLISHED = /Status code is 40[34]\b/;

/**
 * A cache of published keys.
 *
 * aws-jwt-verify accepts both issuer forms of a pool, but a pool publishes keys under one of them only until
 * it is switched over. Whoever sends a token that names the other form must get a 401, not an error that
 * looks like an outage: where one form has keys and the other answers 403 or 404, the issuer is wrong. That
 * answer is remembered for {@link REFRESH_INTERVAL}.
 */
export class PoolKeysCache extends SimpleJwksCache implements KeysCache {
  readonly #now: () => number;
  readonly #seen = new Map<string, string>();
  #generation = 0;
  readonly #published = new Set<string>();
  readonly #absentUntil = new Map<string, number>();

  /**
   * @param fetcher gets the bytes of a key set
   * @param now milliseconds of a clock that never goes back
   */
  constructor(fetcher: Fetcher, now: () => number = () => performance.now()) {
    super({ fetcher: bounded(fetcher), penaltyBox: new RefreshLimit(now) });
    this.#now = now;
  }

  override async getJwks(jwksUri: string): Promise<Jwks> {
    if (this.#now() < (this.#absentUntil.get(jwksUri) ?? 0)) throw wrongIssuer();
    try {
      const jwks = await super.getJwks(jwksUri);
      this.#published.add(jwksUri);
      this.#compare(jwksUri, JSON.stringify(jwks));
      return jwks;
    } catch (error) {
      if (!this.#isAbsent(jwksUri, error)) throw error;
      this.#absentUntil.set(jwksUri, this.#now() + REFRESH_INTERVAL);
      throw wrongIssuer();
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
      this.#published.has(otherForm(jwksUri)) &&
      !this.#published.has(jwksUri)
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

function bounded(fetcher: Fetcher): Fetcher {
  return {
    async fetch(uri) {
      const bytes = await fetcher.fetch(uri);
      if (bytes.byteLength > MAX_KEY_SET_BYTES) {
        throw new NonRetryableFetchError(uri, `the key set is larger than ${MAX_KEY_SET_BYTES} bytes`);
      }
      return bytes;
    },
  };
}

/** The cache of a deployed function: fetches the pool's JWKS over HTTPS with aws-jwt-verify's own fetcher. */
export function publishedKeysCache(): KeysCache {
  return new PoolKeysCache(new SimpleFetcher());
}
