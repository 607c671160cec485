import { createRemoteJWKSet, jwtVerify } from "jose";

const POOL_ID = "us-east-1_LocalPool";

export function verifierOfIdTokens(url: string) {
  const keys = createRemoteJWKSet(new URL(`${url}/${POOL_ID}/.well-known/jwks.json`), {
    // How long an unknown key is not asked for again, in milliseconds.
    cooldownDuration: 0,
  });
  return (token: string) =>
    jwtVerify(token, keys, {
      issuer: `https://cognito-idp.us-east-1.amazonaws.com/${POOL_ID}`,
      audience: "localwebclient",
    });
}
