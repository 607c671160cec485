import { FetchError } from "aws-jwt-verify/error";
import { type KeysCache, PoolKeysCache } from "./signing-keys-cache.ts";

/**
 * A cache that reads key sets in its own way: for local runs and tests. Nothing that is deployed imports it.
 *
 * @param read gives the bytes of the JWKS that belongs to this URI; whatever it throws counts as an outage
 * @param now milliseconds of a clock that never goes back
 */
export function jwksCacheFrom(read: (uri: string) => Promise<ArrayBuffer>, now?: () => number): KeysCache {
  const fetcher = {
    fetch: async (uri: string): Promise<ArrayBuffer> => {
      try {
        return await read(uri);
      } catch (error) {
        throw error instanceof FetchError ? error : new FetchError(uri, error);
      }
    },
  };
  return new PoolKeysCache(fetcher, now);
}
