import { FetchError } from "aws-jwt-verify/error";
import { type KeysCache, PoolKeysCache } from "./signing-keys-cache.ts";

/**
 * A cache with a custom source of key sets, for local runs and tests. No deployed module imports it.
 *
 * @param read returns the bytes of the JWKS at this URI; any error it throws is an outage
 * @param now milliseconds of a monotonic clock
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
