import type { Pool } from "../../cognito/pool.ts";
import { signedClaims } from "../../cognito/tokens/signed-claims.ts";
import type { KnownToken } from "./scrub/scrubbed.ts";

/** What the pool knows of a token; undefined for one that none of its keys signed. @param at milliseconds since 1970 */
export function knownToken(pool: Pick<Pool, "keys">, token: string, at: number): KnownToken | undefined {
  const claims = signedClaims(token, pool.keys.published());
  if (claims === undefined) return undefined;
  if (claims["token_use"] === "id") return { kind: "id-token", claims };
  return { kind: Number(claims["exp"]) * 1000 <= at ? "expired-token" : "token", claims };
}
