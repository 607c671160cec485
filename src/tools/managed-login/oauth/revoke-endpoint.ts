import { formOf, json, type WebHandler } from "../route.ts";
import { authenticatedClient } from "./client-authentication.ts";

/**
 * `POST /oauth2/revoke`: ends the sign-in of a refresh token. A token that nobody knows is no error (RFC 7009 section
 * 2.2).
 * https://docs.aws.amazon.com/cognito/latest/developerguide/revocation-endpoint.html
 */
export const revokeEndpoint: WebHandler = (pool, request) => {
  const form = formOf(request);
  const token = form?.get("token") ?? undefined;
  if (form === undefined || token === undefined)
    return Promise.resolve(json(400, { error: "invalid_request" }));
  const client = authenticatedClient(pool.config, request, form);
  // Unlike the token endpoint: "you receive an HTTP 401 and error invalid_client".
  if (client === undefined) return Promise.resolve(json(401, { error: "invalid_client" }));
  if (!client.enableTokenRevocation) return Promise.resolve(json(400, { error: "invalid_request" }));
  // An access token or an ID token: three parts of a JWT.
  if (/^eyJ[\w-]*\.[\w-]+\.[\w-]+$/.test(token)) {
    return Promise.resolve(json(400, { error: "unsupported_token_type" }));
  }
  const signIn = pool.signIns.byToken(token);
  if (signIn?.clientId === client.id) pool.signIns.end(signIn);
  return Promise.resolve({ status: 200, headers: { "cache-control": "no-store" }, body: "" });
};
