import * as oidc from "openid-client";

const POOL_ID = "us-east-1_LocalPool";

/** The address of the document itself: its issuer is AWS's, as the tokens have it, and its endpoints are local. */
const document = (url: string) => new URL(`${url}/${POOL_ID}/.well-known/openid-configuration`);

export function discovered(url: string, clientId: string): Promise<oidc.Configuration> {
  return oidc.discovery(document(url), clientId, undefined, oidc.None(), {
    execute: [oidc.allowInsecureRequests],
  });
}

export function discoveredConfidential(
  url: string,
  clientId: string,
  secret: string,
): Promise<oidc.Configuration> {
  return oidc.discovery(document(url), clientId, undefined, oidc.ClientSecretBasic(secret), {
    execute: [oidc.allowInsecureRequests],
  });
}
