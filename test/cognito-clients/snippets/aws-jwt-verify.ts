import { CognitoJwtVerifier } from "aws-jwt-verify";
import { SimpleJwksCache } from "aws-jwt-verify/jwk";

const AWS = "https://cognito-idp.us-east-1.amazonaws.com";

/** The library reads keys over HTTPS only, so the cache of keys gets a fetcher that asks the local pool. */
export function verifierOfAccessTokens(url: string) {
  const fetcher = {
    fetch: async (uri: string) => (await fetch(uri.replace(AWS, url))).arrayBuffer(),
  };
  return CognitoJwtVerifier.create(
    { userPoolId: "us-east-1_LocalPool", clientId: "localwebclient", tokenUse: "access" },
    { jwksCache: new SimpleJwksCache({ fetcher }) },
  );
}
