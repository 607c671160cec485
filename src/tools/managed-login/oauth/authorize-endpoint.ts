import { CognitoError } from "../../cognito/cognito-error.ts";
import type { User } from "../../cognito/directory/user.ts";
import type { Pool } from "../../cognito/pool.ts";
import { beginSignIn } from "../../cognito/tokens/sign-in-tokens.ts";
import { redirect, type WebAnswer, type WebHandler } from "../route.ts";
import type { AuthorizationCodes } from "./authorization-codes.ts";
import { type AuthorizationRequest, callback, judgeAuthorization } from "./authorization-request.ts";
import { type BrowserSessions, SESSION_COOKIE } from "./browser-sessions.ts";

/** The state of the endpoints and the pages, in memory: codes and signed-in browsers end with the process. */
export interface OAuthState {
  readonly codes: AuthorizationCodes;
  readonly sessions: BrowserSessions;
}

/**
 * `GET /oauth2/authorize`: back to the app with a code where the browser is signed in, else on to a provider or to the
 * sign-in page, with the same parameters.
 * https://docs.aws.amazon.com/cognito/latest/developerguide/authorization-endpoint.html
 */
export function authorizeEndpoint(state: OAuthState): WebHandler {
  return async (pool, { url, cookies }) => {
    const verdict = judgeAuthorization(pool.config, url.searchParams);
    if (verdict.kind === "page") return errorPage(verdict.error);
    if (verdict.kind === "back") return redirect(verdict.location);
    const { request } = verdict;
    if (request.provider !== undefined) return redirect(`/oauth2/idp?${url.searchParams}`);
    const sub = state.sessions.subOf(cookies.get(SESSION_COOKIE));
    const user = sub === undefined ? undefined : pool.users.bySub(sub);
    if (user?.enabled === true && request.prompt !== "login" && request.prompt !== "select_account") {
      return authorized(pool, state, request, user);
    }
    if (request.prompt === "none") return refused(request, "login_required");
    return redirect(`/login?${url.searchParams}`);
  };
}

/** Sends a user who proved it back to the app: with a code, or with the tokens of the implicit grant. */
export async function authorized(
  pool: Pool,
  { codes }: OAuthState,
  request: AuthorizationRequest,
  user: User,
): Promise<WebAnswer> {
  const { client, redirectUri, scopes, nonce, resource, codeChallenge } = request;
  const state = request.state === undefined ? {} : { state: request.state };
  if (request.responseType === "code") {
    const sub = user.attributes["sub"] ?? "";
    const code = codes.give({
      clientId: client.id,
      redirectUri,
      sub,
      scopes,
      nonce,
      resource,
      codeChallenge,
    });
    return redirect(callback(redirectUri, { code, ...state }));
  }
  try {
    const source = "TokenGeneration_HostedAuth";
    const { accessToken, idToken, expiresIn } = await beginSignIn(pool, user, client, {
      source,
      scopes,
      nonce,
      resource,
    });
    const tokens = {
      ...(scopes.includes("openid") ? { id_token: idToken } : {}),
      access_token: accessToken,
      expires_in: String(expiresIn),
      token_type: "Bearer",
      ...state,
    };
    return redirect(callback(redirectUri, tokens, "fragment"));
  } catch (error) {
    if (!(error instanceof CognitoError)) throw error;
    return refused(request, "invalid_request", error.message);
  }
}

/** Sends the browser back to the app with an error. */
export function refused(
  { redirectUri, responseType, state }: AuthorizationRequest,
  error: string,
  description?: string,
): WebAnswer {
  const parameters = {
    error,
    ...(description === undefined ? {} : { error_description: description }),
    ...(state === undefined ? {} : { state }),
  };
  return redirect(callback(redirectUri, parameters, responseType === "token" ? "fragment" : "query"));
}

/** The page that says why nobody can be sent back. */
export const errorPage = (error: string) => redirect(`/error?${new URLSearchParams({ error })}`);
