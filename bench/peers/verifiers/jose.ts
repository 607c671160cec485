import { createRemoteJWKSet, customFetch, jwtVerify } from "jose";
import type { Trust } from "../tokens.ts";
import { checked, type Verify } from "./claims.ts";

/** With the key set that it fetches once; here it is at hand. */
export function joseVerifier(trust: Trust): Verify {
  const answer = { status: 200, json: () => Promise.resolve(trust.jwks) } as Response;
  const keys = createRemoteJWKSet(new URL(`${trust.issuer}/.well-known/jwks.json`), {
    [customFetch]: () => Promise.resolve(answer),
  });
  const options = { issuer: trust.issuer, algorithms: ["RS256"], requiredClaims: ["exp", "sub"] };
  return async (token) => checked((await jwtVerify(token, keys, options)).payload, trust);
}
