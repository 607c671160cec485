import type { Trust } from "../tokens.ts";

export type Claims = Readonly<Record<string, unknown>>;

/** The claims of a good access token. @throws Error for any other token; some answer with a promise */
export type Verify = (token: string) => Claims | Promise<Claims>;

/** What general libraries leave to their callers: an access token of this app client. @throws Error */
export function checked(claims: Claims, { issuer, clientId }: Trust): Claims {
  if (claims["iss"] !== issuer) throw new Error("another issuer");
  if (claims["token_use"] !== "access") throw new Error("not an access token");
  if (claims["client_id"] !== clientId) throw new Error("another app client");
  return claims;
}
