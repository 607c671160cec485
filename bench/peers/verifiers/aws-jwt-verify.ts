import { CognitoJwtVerifier } from "aws-jwt-verify/cognito-verifier";
import { SimpleJwksCache } from "aws-jwt-verify/jwk";
import type { Trust } from "../tokens.ts";
import type { Claims, Verify } from "./claims.ts";

export function awsVerifier(trust: Trust): Verify {
  const bytes = new TextEncoder().encode(JSON.stringify(trust.jwks)).buffer;
  const verifier = CognitoJwtVerifier.create(
    { userPoolId: trust.userPoolId, tokenUse: "access", clientId: trust.clientId },
    { jwksCache: new SimpleJwksCache({ fetcher: { fetch: () => Promise.resolve(bytes) } }) },
  );
  return (token) => verifier.verify(token) as unknown as Promise<Claims>;
}
