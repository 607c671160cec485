import type { WebRoutes } from "../route.ts";
import { AuthorizationCodes } from "./authorization-codes.ts";
import { authorizeEndpoint, type OAuthState } from "./authorize-endpoint.ts";
import { BrowserSessions } from "./browser-sessions.ts";
import { logoutEndpoint } from "./logout-endpoint.ts";
import { revokeEndpoint } from "./revoke-endpoint.ts";
import { tokenEndpoint } from "./token-endpoint.ts";
import { userInfo } from "./user-info.ts";

export function newOAuthState(now: () => number): OAuthState {
  return { codes: new AuthorizationCodes(now), sessions: new BrowserSessions(now) };
}

/** The endpoints of OAuth 2.0 and OpenID Connect, without their pages. */
export function oauthRoutes(state: OAuthState): WebRoutes {
  return {
    "GET /oauth2/authorize": authorizeEndpoint(state),
    "POST /oauth2/token": tokenEndpoint(state.codes),
    "GET /oauth2/userInfo": userInfo,
    "POST /oauth2/userInfo": userInfo,
    "POST /oauth2/revoke": revokeEndpoint,
    "GET /logout": logoutEndpoint(state),
  };
}
