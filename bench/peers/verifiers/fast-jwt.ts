import { createVerifier } from "fast-jwt";
import type { Trust } from "../tokens.ts";
import { type Claims, checked, type Verify } from "./claims.ts";

/** With a fixed key, which is its fastest way; `cache` is the number of tokens that it remembers. */
export function fastJwtVerifier(trust: Trust, cache: number): Verify {
  const verify = createVerifier({
    key: trust.pem,
    algorithms: ["RS256"],
    allowedIss: trust.issuer,
    requiredClaims: ["exp", "sub"],
    cache: cache === 0 ? false : cache,
  });
  return (token) => checked(verify(token) as Claims, trust);
}
