import { createHash } from "node:crypto";
import { CognitoError } from "../../cognito/cognito-error.ts";
import type { ProviderConfig } from "../../cognito/config/pool-config.ts";
import type { Pool } from "../../cognito/pool.ts";
import { judgeAuthorization } from "../oauth/authorization-request.ts";
import { authorized, errorPage, type OAuthState, refused } from "../oauth/authorize-endpoint.ts";
import { sessionCookie } from "../oauth/browser-sessions.ts";
import { csrfToken, isOwnForm } from "../pages/csrf.ts";
import { redirect, type WebAnswer, type WebHandler, type WebRequest, type WebRoutes } from "../route.ts";
import { federatedUser } from "./federated-user.ts";
import { PendingSignIns, type Returned, secret } from "./pending-sign-ins.ts";
import { listAttributes, type ProviderAccount } from "./provider-account.ts";
import { providerPage, providerPath } from "./provider-page.ts";

/** Binds a sign-in at a provider to the browser that began it. */
const COOKIE = "cognito-fl";

/** The way to a provider, the provider that runs inside, and the way back. */
export function federationRoutes(state: OAuthState, now: () => number): WebRoutes {
  const pending = new PendingSignIns(now);
  return {
    "GET /oauth2/idp": (pool, request) => Promise.resolve(toProvider(pool, pending, request)),
    "GET /_provider": (pool, request) => Promise.resolve(atProvider(pool, pending, request)),
    "POST /_provider": (pool, request) => Promise.resolve(atProvider(pool, pending, request)),
    "GET /oauth2/idpresponse": fromProvider(state, pending),
  };
}

/** `GET /oauth2/idp`: the parameters of `/oauth2/authorize`, with a provider that the client has. */
function toProvider({ config }: Pool, pending: PendingSignIns, { url, cookies }: WebRequest): WebAnswer {
  const verdict = judgeAuthorization(config, url.searchParams);
  if (verdict.kind === "page") return errorPage(verdict.error);
  if (verdict.kind === "back") return redirect(verdict.location);
  const name = verdict.request.provider;
  const provider = config.providers.find((candidate) => candidate.name === name);
  if (provider === undefined)
    return refused(verdict.request, "invalid_request", "the provider does not exist");
  const known = cookies.get(COOKIE);
  const browser = known !== undefined && /^[\w-]{43}$/.test(known) ? known : secret();
  const parameters = url.searchParams.toString();
  const { redirectUri } = verdict.request;
  const path = providerPath(pending.begin({ provider: provider.name, parameters, redirectUri, browser }));
  return redirect(path, { "set-cookie": `${COOKIE}=${browser}; Path=/; HttpOnly; SameSite=Lax` });
}

/** The page that plays the provider, and what was entered there. */
function atProvider(pool: Pool, pending: PendingSignIns, request: WebRequest): WebAnswer {
  const state = request.url.searchParams.get("state") ?? "";
  const waiting = pending.at(state, request.cookies.get(COOKIE));
  const provider = pool.config.providers.find(({ name }) => name === waiting?.provider);
  if (waiting === undefined || provider === undefined) return over();
  const visit = { pool, provider, state, csrf: csrfToken(request), leadsTo: waiting.redirectUri };
  if (request.method !== "POST") return providerPage(visit);
  const form = new URLSearchParams(request.body);
  if (!isOwnForm(request, form)) return providerPage(visit, "This form is out of date. Please try again.");
  if (form.get("action") === "cancel") return back({ error: "access_denied", state });
  const account = accountIn(provider, form);
  if (account === undefined) return providerPage(visit, "Enter an address or an account.");
  return back({ code: pending.choose(state, account), state });
}

const back = (parameters: Readonly<Record<string, string>>) =>
  redirect(`/oauth2/idpresponse?${new URLSearchParams(parameters)}`);

/** The same address is the same account. */
function accountIn(provider: ProviderConfig, form: URLSearchParams): ProviderAccount | undefined {
  const text = (name: string) => (form.get(name) ?? "").trim();
  const email = text("email");
  if (email === "" && text("id") === "") return undefined;
  const made = createHash("sha256").update(`${provider.name} ${email}`).digest("hex");
  const id = text("id") === "" ? String(Number.parseInt(made.slice(0, 13), 16)) : text("id");
  const lists = Object.fromEntries(
    listAttributes(provider).map((attribute) => [
      attribute,
      (form.get(attribute) ?? "").split(/\r?\n/).flatMap((line) => (line.trim() === "" ? [] : [line.trim()])),
    ]),
  );
  return { id, email, emailVerified: form.get("verified") === "on", name: text("name"), lists };
}

/** `GET /oauth2/idpresponse`: the provider sends the browser back. */
function fromProvider(state: OAuthState, pending: PendingSignIns): WebHandler {
  return (pool, { url, cookies }) => {
    const { searchParams } = url;
    const code = searchParams.has("error") ? null : (searchParams.get("code") ?? "");
    return signedIn(pool, state, pending.finish(searchParams.get("state") ?? "", code, cookies.get(COOKIE)));
  };
}

async function signedIn(pool: Pool, state: OAuthState, returned: Returned): Promise<WebAnswer> {
  if (returned.kind === "refused") return errorPage(`invalid_request: ${returned.why}`);
  const verdict = judgeAuthorization(pool.config, new URLSearchParams(returned.pending.parameters));
  const provider = pool.config.providers.find(({ name }) => name === returned.pending.provider);
  if (verdict.kind !== "valid" || provider === undefined) return over();
  const { request } = verdict;
  if (returned.kind === "cancelled") return refused(request, "access_denied", "the user went back");
  try {
    const user = await federatedUser(pool, request.client, provider, returned.account);
    const answer = await authorized(pool, state, request, user);
    const cookie = sessionCookie(state.sessions.begin(user.attributes["sub"] ?? ""));
    return { ...answer, headers: { ...answer.headers, "set-cookie": cookie } };
  } catch (error) {
    if (!(error instanceof CognitoError)) throw error;
    return refused(request, "invalid_request", error.message);
  }
}

const over = () => errorPage("invalid_request: the sign-in at the provider is over, or another browser's");
