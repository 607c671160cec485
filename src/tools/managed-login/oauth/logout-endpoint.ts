import { redirect, type WebHandler } from "../route.ts";
import { judgeAuthorization } from "./authorization-request.ts";
import { errorPage, type OAuthState } from "./authorize-endpoint.ts";
import { endedCookie, SESSION_COOKIE } from "./browser-sessions.ts";

/**
 * `GET /logout`: the browser is signed out, its tokens stay what they are. On to a registered sign-out URL, or back to
 * the sign-in page.
 * https://docs.aws.amazon.com/cognito/latest/developerguide/logout-endpoint.html
 */
export function logoutEndpoint({ sessions }: OAuthState): WebHandler {
  return (pool, { url, cookies }) => {
    sessions.end(cookies.get(SESSION_COOKIE));
    const signedOut = { "set-cookie": endedCookie };
    const { searchParams: parameters } = url;
    const client = pool.config.clients.find(({ id }) => id === parameters.get("client_id"));
    if (client === undefined)
      return Promise.resolve(errorPage("invalid_request: the app client does not exist"));
    const logoutUri = parameters.get("logout_uri");
    if (logoutUri !== null) {
      const known = client.logoutUrls.includes(logoutUri);
      return Promise.resolve(known ? redirect(logoutUri, signedOut) : errorPage("redirect_mismatch"));
    }
    const verdict = judgeAuthorization(pool.config, parameters);
    if (verdict.kind === "page") return Promise.resolve(errorPage(verdict.error));
    if (verdict.kind === "back") return Promise.resolve(redirect(verdict.location, signedOut));
    return Promise.resolve(redirect(`/login?${parameters}`, signedOut));
  };
}
