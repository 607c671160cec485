import { JwtInvalidIssuerError } from "aws-jwt-verify/error";
import type { JwksCache } from "./signing-keys-cache.ts";

/**
 * A cache of keys limited to these key sets. aws-jwt-verify knows both issuer forms of each pool and would fetch the
 * keys of an unconfigured form for any token that names it; here such a token is from another issuer, without a fetch.
 *
 * @param urls the JWKS URLs of the accepted issuers
 */
export function acceptedKeySets(cache: JwksCache, urls: ReadonlySet<string>): JwksCache {
  const refused = () => new JwtInvalidIssuerError("the issuer is not one of the configured forms", undefined);
  return {
    getJwk: (url, token) => (urls.has(url) ? cache.getJwk(url, token) : Promise.reject(refused())),
    getJwks: (url) => (urls.has(url) ? cache.getJwks(url) : Promise.reject(refused())),
    getCachedJwk(url, token) {
      if (urls.has(url)) return cache.getCachedJwk(url, token);
      throw refused();
    },
    addJwks: (url, jwks) => {
      cache.addJwks(url, jwks);
    },
  };
}
