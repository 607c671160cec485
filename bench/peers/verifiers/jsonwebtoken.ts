import jwt, { type JwtHeader, type JwtPayload } from "jsonwebtoken";
import { JwksClient } from "jwks-rsa";
import type { Trust } from "../tokens.ts";
import { type Claims, checked, type Verify } from "./claims.ts";

export function jsonwebtokenVerifier(trust: Trust): Verify {
  const keyOf = keyFinder(trust);
  const options = { algorithms: ["RS256" as const], issuer: trust.issuer };
  return (token) =>
    new Promise<Claims>((resolve, reject) => {
      jwt.verify(token, keyOf, options, (error, claims) => {
        if (error !== null) {
          reject(error);
          return;
        }
        try {
          resolve(checked(claims as JwtPayload, trust));
        } catch (cause) {
          reject(cause as Error);
        }
      });
    });
}

type KeyFinder = (header: JwtHeader, done: (error: Error | null, key?: string | undefined) => void) => void;

/** jwks-rsa as its README says, with its cache; the key set is at hand. */
export function keyFinder(trust: Trust): KeyFinder {
  const client = new JwksClient({
    jwksUri: `${trust.issuer}/.well-known/jwks.json`,
    fetcher: () => Promise.resolve(trust.jwks),
  });
  return ({ kid }, done) => {
    client.getSigningKey(kid, (error, key) => {
      done(error, key?.getPublicKey());
    });
  };
}
