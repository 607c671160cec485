import { type JsonObject, textOf } from "../../../json.ts";
import { notAuthorized } from "../../cognito/cognito-error.ts";
import type { IdentityPoolConfig } from "../../cognito/config/identity-pool/identity-pool-config.ts";
import { providerName } from "../../cognito/config/identity-pool/read-identity-pool.ts";
import type { Pool } from "../../cognito/pool.ts";
import { signedClaims } from "../../cognito/tokens/signed-claims.ts";

/** Who presents an ID token. */
export interface Login {
  readonly sub: string;
  readonly username: string;
  readonly clientId: string;
  readonly claims: JsonObject;
}

/**
 * The user of the `Logins` of a request; undefined for a guest.
 *
 * @throws CognitoError `NotAuthorizedException` where a login is not a valid ID token of this pool
 */
export function loginIn(pool: Pool, { clients }: IdentityPoolConfig, logins: JsonObject): Login | undefined {
  const { place } = pool.config;
  const own = providerName(place);
  const other = Object.keys(logins).find((name) => name !== own);
  if (other !== undefined) {
    throw notAuthorized("Token is not from a supported provider of this identity pool.");
  }
  const token = textOf(logins[own]);
  if (token === undefined) return undefined;
  const claims = signedClaims(token, pool.keys.published());
  if (claims === undefined) throw notAuthorized("Invalid login token. Couldn't verify signed token.");
  const clientId = textOf(claims["aud"]);
  if (clientId === undefined) throw notAuthorized("Invalid login token. Missing a required claim: aud");
  // A trigger may give an access token an audience, too.
  if (claims["token_use"] !== "id") throw notAuthorized("Invalid login token. Not an ID token");
  if (claims["iss"] !== place.issuer) {
    throw notAuthorized("Invalid login token. Issuer doesn't match providerName");
  }
  const client = clients.get(clientId);
  if (client === undefined) {
    throw notAuthorized("Token is not from a supported provider of this identity pool.");
  }
  const [expires, now] = [Number(claims["exp"]), Math.floor(pool.now() / 1000)];
  // Written so that an expiry that is not a number is over.
  if (!(now < expires)) throw notAuthorized(`Invalid login token. Token expired: ${now} >= ${expires}`);
  if (client.serverSideTokenCheck) assertCounts(pool, claims);
  return {
    sub: textOf(claims["sub"]) ?? "",
    username: textOf(claims["cognito:username"]) ?? "",
    clientId,
    claims,
  };
}

/** The user is there and enabled, and the sign-in was not ended. */
function assertCounts({ users, signIns }: Pool, claims: JsonObject): void {
  const user = users.find(textOf(claims["sub"]) ?? "");
  const origin = textOf(claims["origin_jti"]);
  const ended = origin !== undefined && signIns.find(origin)?.ended === true;
  if (user?.enabled !== true || ended)
    throw notAuthorized("Invalid login token. The token does not count any more.");
}
