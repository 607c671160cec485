import { jsonIn, textMapOf } from "../../../json.ts";
import { CognitoError } from "../../cognito/cognito-error.ts";
import type { ClientConfig } from "../../cognito/config/pool-config.ts";
import type { Attributes } from "../../cognito/directory/user.ts";
import type { Pool } from "../../cognito/pool.ts";
import { beginSignIn, continueSignIn, type UserTokens } from "../../cognito/tokens/sign-in-tokens.ts";
import { formOf, json, type WebAnswer, type WebHandler } from "../route.ts";
import { type AuthorizationCodes, isVerifier } from "./authorization-codes.ts";
import { authenticatedClient } from "./client-authentication.ts";

type Grant = (pool: Pool, client: ClientConfig, form: URLSearchParams) => Promise<WebAnswer>;

/**
 * `POST /oauth2/token`.
 * https://docs.aws.amazon.com/cognito/latest/developerguide/token-endpoint.html
 */
export function tokenEndpoint(codes: AuthorizationCodes): WebHandler {
  const grants: Readonly<Record<string, Grant>> = {
    authorization_code: (pool, client, form) => exchangeCode(pool, codes, client, form),
    refresh_token: refresh,
    client_credentials: clientCredentials,
  };
  return async (pool, request) => {
    const form = formOf(request);
    const name = form?.get("grant_type") ?? undefined;
    if (form === undefined || name === undefined) return refuse("invalid_request");
    const grant = Object.hasOwn(grants, name) ? grants[name] : undefined;
    if (grant === undefined) return refuse("unsupported_grant_type");
    const client = authenticatedClient(pool.config, request, form);
    if (client === undefined) return refuse("invalid_client");
    try {
      return await grant(pool, client, form);
    } catch (error) {
      if (!(error instanceof CognitoError)) throw error;
      return refuse("invalid_grant", error.message);
    }
  };
}

async function exchangeCode(
  pool: Pool,
  codes: AuthorizationCodes,
  client: ClientConfig,
  form: URLSearchParams,
): Promise<WebAnswer> {
  if (!client.flows.includes("code")) return refuse("unauthorized_client");
  const code = form.get("code");
  if (code === null || !form.has("redirect_uri")) return refuse("invalid_request");
  const grant = codes.take(code);
  const user = grant === undefined ? undefined : pool.users.bySub(grant.sub);
  if (
    grant === undefined ||
    user === undefined ||
    grant.clientId !== client.id ||
    grant.redirectUri !== form.get("redirect_uri") ||
    !isVerifier(grant.codeChallenge, form.get("code_verifier"))
  ) {
    return refuse("invalid_grant");
  }
  const { scopes, nonce, resource } = grant;
  const source = "TokenGeneration_HostedAuth";
  const tokens = await beginSignIn(pool, user, client, { source, scopes, nonce, resource });
  return json(200, tokenBody(tokens, scopes.includes("openid")));
}

async function refresh(pool: Pool, client: ClientConfig, form: URLSearchParams): Promise<WebAnswer> {
  const token = form.get("refresh_token");
  if (token === null) return refuse("invalid_request");
  const metadata = clientMetadata(form);
  if (metadata === "invalid") return refuse("invalid_request");
  const { hosted, scopes = [] } = pool.signIns.byToken(token) ?? {};
  const tokens = await continueSignIn(pool, token, client, metadata);
  return json(200, tokenBody(tokens, hosted !== true || scopes.includes("openid")));
}

async function clientCredentials(
  pool: Pool,
  client: ClientConfig,
  form: URLSearchParams,
): Promise<WebAnswer> {
  if (client.secret === undefined) return refuse("invalid_client");
  if (!client.flows.includes("client_credentials")) return refuse("unauthorized_client");
  const asked = (form.get("scope") ?? "").split(" ").filter((scope) => scope !== "");
  if (asked.some((scope) => !client.scopes.includes(scope))) return refuse("invalid_scope");
  const scopes = asked.length === 0 ? client.scopes : [...new Set(asked)];
  const metadata = clientMetadata(form);
  if (metadata === "invalid") return refuse("invalid_request");
  try {
    const { accessToken } = await pool.tokens.forMachine(client, scopes, metadata);
    return json(200, {
      access_token: accessToken,
      expires_in: client.accessTokenSeconds,
      token_type: "Bearer",
    });
  } catch (error) {
    if (!(error instanceof CognitoError)) throw error;
    return refuse("invalid_request", error.message);
  }
}

/** @param withId only who asked for `openid` gets an ID token, or who signed in by the API, which knows no scopes */
function tokenBody({ accessToken, idToken, refreshToken, expiresIn }: UserTokens, withId: boolean) {
  return {
    ...(withId ? { id_token: idToken } : {}),
    access_token: accessToken,
    ...(refreshToken === undefined ? {} : { refresh_token: refreshToken }),
    expires_in: expiresIn,
    token_type: "Bearer",
  };
}

function clientMetadata(form: URLSearchParams): Attributes | undefined | "invalid" {
  const text = form.get("aws_client_metadata");
  return text === null ? undefined : (textMapOf(jsonIn(text)) ?? "invalid");
}

const refuse = (error: string, description?: string) =>
  json(400, { error, ...(description === undefined ? {} : { error_description: description }) });
