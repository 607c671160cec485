import * as client from "openid-client";
import { run } from "./app.ts";
import { type Session, type SignIn, shownOf } from "./session.ts";
import { here, settings } from "./settings.ts";

// The sign-in with openid-client, a certified OpenID Connect client: authorization code with PKCE, at the hosted pages.

const { DOMAIN, CLIENT_ID, REGION, USER_POOL_ID } = settings;
const SCOPE = "openid email profile";
const redirect_uri = `${here}/callback`;

/** In this tab only: what a sign-in needs when it returns, then its tokens. */
const kept = sessionStorage;

const config = new client.Configuration(
  {
    // The issuer of the tokens, whose host has no sign-in pages: those are at the domain.
    issuer: `https://cognito-idp.${REGION}.amazonaws.com/${USER_POOL_ID}`,
    authorization_endpoint: `${DOMAIN}/oauth2/authorize`,
    token_endpoint: `${DOMAIN}/oauth2/token`,
  },
  CLIENT_ID,
  undefined,
  client.None(),
);
// The local stack is served over http.
if (DOMAIN.startsWith("http://")) client.allowInsecureRequests(config);

const oidc: SignIn = {
  async current() {
    if (location.pathname === "/callback") await returned();
    const tokens = stored();
    return tokens === undefined ? undefined : session(tokens);
  },

  async signIn() {
    const verifier = client.randomPKCECodeVerifier();
    const [state, nonce] = [client.randomState(), client.randomNonce()];
    kept.setItem("sign-in", JSON.stringify({ verifier, state, nonce }));
    const url = client.buildAuthorizationUrl(config, {
      redirect_uri,
      scope: SCOPE,
      code_challenge: await client.calculatePKCECodeChallenge(verifier),
      code_challenge_method: "S256",
      state,
      nonce,
    });
    location.assign(url);
  },

  async signOut() {
    kept.clear();
    location.assign(
      `${DOMAIN}/logout?${new URLSearchParams({ client_id: CLIENT_ID, logout_uri: `${here}/` })}`,
    );
  },
};

interface Tokens {
  readonly access: string;
  readonly refresh: string | undefined;
  readonly claims: Readonly<Record<string, unknown>>;
  /** Milliseconds since 1970. */
  readonly until: number;
}

/** Exchanges the code in the address, and takes it out of the address. */
async function returned(): Promise<void> {
  const url = new URL(location.href);
  history.replaceState(null, "", "/");
  const { verifier, state, nonce } = JSON.parse(kept.getItem("sign-in") ?? "{}");
  kept.removeItem("sign-in");
  if (typeof verifier !== "string") return;
  const answer = await client.authorizationCodeGrant(config, url, {
    pkceCodeVerifier: verifier,
    expectedState: state,
    expectedNonce: nonce,
    idTokenExpected: true,
  });
  store(answer, answer.claims() ?? {});
}

function store(
  answer: client.TokenEndpointResponse & client.TokenEndpointResponseHelpers,
  claims: Tokens["claims"],
  before?: string,
): Tokens {
  const tokens: Tokens = {
    access: answer.access_token,
    refresh: answer.refresh_token ?? before,
    claims,
    until: Date.now() + (answer.expiresIn() ?? 0) * 1000,
  };
  kept.setItem("tokens", JSON.stringify(tokens));
  return tokens;
}

function stored(): Tokens | undefined {
  const text = kept.getItem("tokens");
  return text === null ? undefined : (JSON.parse(text) as Tokens);
}

/** How long before its end a token is refreshed. */
const EARLY_MS = 30_000;

function session(first: Tokens): Session {
  let tokens = first;
  return {
    ...shownOf(tokens.claims),
    async accessToken() {
      if (Date.now() > tokens.until - EARLY_MS && tokens.refresh !== undefined) {
        const answer = await client.refreshTokenGrant(config, tokens.refresh);
        tokens = store(answer, answer.claims() ?? tokens.claims, tokens.refresh);
      }
      return tokens.access;
    },
  };
}

await run(oidc);
