import { type SigningKey, signClaims } from "../../cognito/tokens/signing.ts";
import { accessTokenClaims, idTokenClaims, TOKEN_LIFETIME } from "./persona-claims.ts";
import type { Persona } from "./personas.ts";

/**
 * The kind of a persona's token: a valid access token, an identity token, an access token issued two lifetimes ago, or
 * a valid one from a refresh, a day after the sign-in.
 */
export type TokenKind = "token" | "id-token" | "expired-token" | "refreshed-token";

export const TOKEN_KINDS = [
  "token",
  "id-token",
  "expired-token",
  "refreshed-token",
] as const satisfies readonly TokenKind[];

const DAY = 86_400;

/**
 * Mints a token of the local pool.
 *
 * @param nowSeconds the time of issue of a valid token
 * @throws RangeError for the identity token of a machine
 */
export function mintToken(kind: TokenKind, persona: Persona, key: SigningKey, nowSeconds: number): string {
  switch (kind) {
    case "token":
      return signClaims(accessTokenClaims(persona, nowSeconds), key);
    case "id-token":
      return signClaims(idTokenClaims(persona, nowSeconds), key);
    case "expired-token":
      return signClaims(accessTokenClaims(persona, nowSeconds - 2 * TOKEN_LIFETIME), key);
    case "refreshed-token":
      return signClaims({ ...accessTokenClaims(persona, nowSeconds), auth_time: nowSeconds - DAY }, key);
  }
}
