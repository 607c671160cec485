import type { ClientConfig, PoolConfig } from "../../cognito/config/pool-config.ts";

/** A request of `/oauth2/authorize` that may go on to a sign-in. */
export interface AuthorizationRequest {
  readonly client: ClientConfig;
  readonly responseType: "code" | "token";
  readonly redirectUri: string;
  readonly scopes: readonly string[];
  readonly state: string | undefined;
  readonly nonce: string | undefined;
  /** The API that the access token is for (RFC 8707). */
  readonly resource: string | undefined;
  /** S256 of the verifier (RFC 7636 section 4.2). */
  readonly codeChallenge: string | undefined;
  /** The provider to go to at once. */
  readonly provider: string | undefined;
  readonly loginHint: string | undefined;
  readonly prompt: string | undefined;
}

/** What becomes of a request: it goes on, goes back to the app with an error, or shows a page of its own. */
export type AuthorizationVerdict =
  | { readonly kind: "valid"; readonly request: AuthorizationRequest }
  | { readonly kind: "back"; readonly location: string }
  /** Without a known client and one of its callbacks, nobody can be redirected anywhere. */
  | { readonly kind: "page"; readonly error: string };

const CHALLENGE = /^[\w-]{43}$/;

/**
 * Judges the parameters of `/oauth2/authorize`, which `/login` takes as well.
 * https://docs.aws.amazon.com/cognito/latest/developerguide/authorization-endpoint.html
 */
export function judgeAuthorization(config: PoolConfig, parameters: URLSearchParams): AuthorizationVerdict {
  const client = config.clients.find(({ id }) => id === parameters.get("client_id"));
  if (client === undefined) return { kind: "page", error: "invalid_request: the app client does not exist" };
  const redirectUri = parameters.get("redirect_uri") ?? client.defaultRedirectUri;
  if (redirectUri === undefined) return { kind: "page", error: "invalid_request: redirect_uri is missing" };
  if (!client.callbackUrls.includes(redirectUri)) return { kind: "page", error: "redirect_mismatch" };
  const state = parameters.get("state") ?? undefined;
  const back = (error: string): AuthorizationVerdict => ({
    kind: "back",
    location: callback(redirectUri, { error, ...(state === undefined ? {} : { state }) }),
  });
  const responseType = parameters.get("response_type");
  if (responseType !== "code" && responseType !== "token") return back("invalid_request");
  if (!client.flows.includes(responseType === "code" ? "code" : "implicit"))
    return back("unauthorized_client");
  const scopes = scopesOf(client, parameters.get("scope"));
  if (scopes === undefined) return back("invalid_scope");
  const codeChallenge = parameters.get("code_challenge") ?? undefined;
  if (!isChallenge(codeChallenge, parameters.get("code_challenge_method"))) return back("invalid_request");
  const provider = parameters.get("identity_provider") ?? parameters.get("idp_identifier") ?? undefined;
  if (provider !== undefined && !providersOf(client).includes(provider)) return back("invalid_request");
  const resources = parameters.getAll("resource");
  if (resources.length > 1 || !resources.every(isResource)) return back("invalid_target");
  return {
    kind: "valid",
    request: {
      client,
      responseType,
      redirectUri,
      scopes,
      state,
      nonce: parameters.get("nonce") ?? undefined,
      resource: resources[0],
      codeChallenge,
      provider: provider === "COGNITO" ? undefined : provider,
      loginHint: parameters.get("login_hint") ?? undefined,
      prompt: parameters.get("prompt") ?? undefined,
    },
  };
}

/** Cognito's own users, and the providers, that a client signs in. */
export const providersOf = ({ identityProviders }: ClientConfig): readonly string[] =>
  identityProviders ?? ["COGNITO"];

/** All that the client may ask for where a request asks for nothing; undefined if it asks for more. */
function scopesOf(client: ClientConfig, asked: string | null): readonly string[] | undefined {
  const scopes = [...new Set((asked ?? "").split(" ").filter((scope) => scope !== ""))];
  if (scopes.length === 0) return client.scopes;
  return scopes.every((scope) => client.scopes.includes(scope)) ? scopes : undefined;
}

/**
 * As for callbacks: `https://`, `http://localhost`, or a scheme of an app.
 * https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-define-resource-servers.html
 */
function isResource(resource: string): boolean {
  const url = URL.canParse(resource) ? new URL(resource) : undefined;
  if (url === undefined || !/^[a-z][a-z0-9+.-]*:\/\//i.test(resource)) return false;
  return url.protocol !== "http:" || url.hostname === "localhost";
}

function isChallenge(challenge: string | undefined, method: string | null): boolean {
  if (challenge === undefined) return method === null;
  return method === "S256" && CHALLENGE.test(challenge);
}

/** A callback of an app with parameters added, in its query or in its fragment. */
export function callback(
  redirectUri: string,
  parameters: Readonly<Record<string, string>>,
  place: "query" | "fragment" = "query",
): string {
  const added = new URLSearchParams(parameters).toString();
  if (place === "fragment") return `${redirectUri}#${added}`;
  return `${redirectUri}${redirectUri.includes("?") ? "&" : "?"}${added}`;
}
