import type { Jwk, Jwks } from "aws-jwt-verify/jwk";
import { ConfigurationError } from "../errors.ts";
import { type JsonObject, objectOf, objectsOf, textOf } from "../json.ts";
import { keySetUrl } from "./issuer.ts";
import type { JwksCache } from "./signing-keys-cache.ts";

/** Key sets that a function has from its packaging, for functions without a way to the pool. */
export interface GivenKeys {
  /** When they were fetched, in epoch seconds. */
  readonly fetchedAt: number;
  /** `iss` -> its keys, as published. */
  readonly keySets: ReadonlyMap<string, Jwks>;
}

/** After this many days, keys count as old: Cognito says neither when it rotates keys nor in advance. */
export const OLD_AFTER_DAYS = 30;

const DAY = 86_400;

/**
 * The keys of a value that `claimgate keys` wrote: `{"fetchedAt":"2026-11-29T09:00:00.000Z","keySets":{ISS:JWKS}}`.
 * @throws ConfigurationError for another shape, a set without a key, and a key that is not for RS256
 */
export function createGivenKeys(value: unknown): GivenKeys {
  const { fetchedAt, keySets } = objectOf(value);
  const time = Date.parse(textOf(fetchedAt) ?? "");
  if (Number.isNaN(time)) throw new ConfigurationError("`fetchedAt` is not a time");
  const sets = Object.entries(objectOf(keySets));
  if (sets.length === 0) throw new ConfigurationError("`keySets` has no key set");
  return { fetchedAt: time / 1000, keySets: new Map(sets.map(([iss, set]) => [iss, keySetOf(iss, set)])) };
}

function keySetOf(iss: string, value: unknown): Jwks {
  const keys = objectsOf(objectOf(value)["keys"]);
  if (keys.length > 0 && keys.every(isSigningKey)) return { keys: [...keys] };
  throw new ConfigurationError(`the key set of \`${iss}\` is not one of a user pool`);
}

/** The private parts of a key (RFC 7518 section 6.3.2) must never be in a package. */
function isSigningKey(key: JsonObject): key is JsonObject & Jwk {
  const { kid, kty, alg, n, e, d } = key;
  const texts = [kid, n, e].every((part) => typeof part === "string" && part !== "");
  return texts && kty === "RSA" && alg === "RS256" && d === undefined;
}

/**
 * Lets a cache start with given keys. A token that names another key makes it fetch, as always.
 * @param issuers the configured values of `iss`
 * @throws ConfigurationError if there are keys of an issuer that is not configured
 */
export function giveKeys(cache: JwksCache, given: GivenKeys, issuers: ReadonlySet<string>): void {
  for (const [iss, jwks] of given.keySets) {
    if (!issuers.has(iss)) throw new ConfigurationError(`\`${iss}\` is not a configured issuer`);
    cache.addJwks(keySetUrl(iss), jwks);
  }
}

/** How many whole days ago the keys were fetched. @param now epoch seconds */
export function ageInDays({ fetchedAt }: GivenKeys, now: number): number {
  return Math.floor((now - fetchedAt) / DAY);
}
