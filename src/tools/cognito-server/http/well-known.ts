import type { PoolPlace } from "../../cognito/config/pool-config.ts";
import { jwksOf } from "../../cognito/tokens/signing.ts";
import { json, type WebRoutes } from "../../managed-login/route.ts";

/** Where the keys of a pool are, below the address of its server. */
export const jwksPath = ({ userPoolId }: PoolPlace) => `/${userPoolId}/.well-known/jwks.json`;

/**
 * What anybody may read of a pool: its keys, and its OpenID discovery document. The issuer is the one of AWS, the
 * endpoints are here.
 * https://docs.aws.amazon.com/cognito/latest/developerguide/federation-endpoints.html
 */
export function wellKnownRoutes(place: PoolPlace): WebRoutes {
  return {
    [`GET ${jwksPath(place)}`]: (pool) =>
      Promise.resolve(
        json(200, { ...jwksOf(pool.keys.published()) }, { "cache-control": "public, max-age=86400" }),
      ),
    [`GET /${place.userPoolId}/.well-known/openid-configuration`]: (_pool, { url: { origin } }) =>
      Promise.resolve(
        json(200, {
          issuer: place.issuer,
          jwks_uri: `${origin}${jwksPath(place)}`,
          authorization_endpoint: `${origin}/oauth2/authorize`,
          token_endpoint: `${origin}/oauth2/token`,
          userinfo_endpoint: `${origin}/oauth2/userInfo`,
          revocation_endpoint: `${origin}/oauth2/revoke`,
          end_session_endpoint: `${origin}/logout`,
          id_token_signing_alg_values_supported: ["RS256"],
          response_types_supported: ["code", "token"],
          scopes_supported: ["openid", "email", "phone", "profile"],
          subject_types_supported: ["public"],
          token_endpoint_auth_methods_supported: ["client_secret_basic", "client_secret_post"],
        }),
      ),
  };
}
