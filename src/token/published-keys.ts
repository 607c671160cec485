import type { KeysCache } from "./signing-keys-cache.ts";

/**
 * Where deployed functions get the keys of the user pool: undefined, which is the JWKS that the pool
 * publishes over HTTPS. Local builds resolve the import `#signing-keys` to another module with the same
 * export; packaged builds do not contain that one.
 */
export function signingKeys(): KeysCache | undefined {
  return undefined;
}
