import type { UserPool } from "../../src/tools/cognito-server/user-pool.ts";
import { BrowserVisit } from "./browser-visit.ts";
import { claimsOf } from "./pool-users.ts";
import { testClient } from "./user-pool.ts";

const CALLBACK = "http://localhost:5173/callback";

/** A client of the providers below. */
export const federatedClient = {
  ...testClient({
    AllowedOAuthFlows: ["code"],
    CallbackURLs: [CALLBACK],
    SupportedIdentityProviders: ["COGNITO", "Google", "Facebook", "Okta", "Entra", "Corp"],
  }),
  scopes: ["openid"],
};

const MAPPED = { email: "email", name: "name" };

export const PROVIDERS = [
  {
    name: "Google",
    type: "Google",
    attributeMapping: { ...MAPPED, username: "sub", email_verified: "email_verified" },
  },
  {
    name: "Facebook",
    type: "Facebook",
    attributeMapping: { ...MAPPED, username: "id", email_verified: "email_verified" },
  },
  { name: "Okta", type: "SAML", attributeMapping: { email: "urn:mail", name: "urn:name" } },
  { name: "Entra", type: "SAML", attributeMapping: { email: "urn:mail", "custom:groups": "urn:groups" } },
  { name: "Corp", type: "OIDC", attributeMapping: { email: "email", "custom:corp_groups": "groups" } },
];

/** `/oauth2/authorize` of the client, straight to a provider. */
export function authorizeBy(provider: string, more: Readonly<Record<string, string>> = {}): string {
  const { id } = federatedClient;
  const query = {
    client_id: id,
    redirect_uri: CALLBACK,
    response_type: "code",
    state: "of-the-app",
    ...more,
  };
  return `/oauth2/authorize?${new URLSearchParams({ ...query, identity_provider: provider })}`;
}

export const locationOf = (response: Response) => response.headers.get("location") ?? "";

/** Goes from an app to the page of a provider. @returns its path */
export async function atProvider(browser: BrowserVisit, provider: string): Promise<string> {
  const toIdp = locationOf(await browser.get(authorizeBy(provider)));
  return locationOf(await browser.get(toIdp));
}

/** Chooses an account at the page of a provider. @returns the way back, not yet gone */
export async function choose(
  browser: BrowserVisit,
  provider: string,
  account: Readonly<Record<string, string>>,
): Promise<string> {
  return locationOf(await browser.submit(await atProvider(browser, provider), account));
}

/** The whole way. @returns the parameters that the app gets */
export async function signInBy(
  { url }: UserPool,
  provider: string,
  account: Readonly<Record<string, string>>,
  browser = new BrowserVisit(url),
): Promise<URLSearchParams> {
  const back = locationOf(await browser.get(await choose(browser, provider, account)));
  return new URL(back, url).searchParams;
}

/** The claims of the ID token that a code is exchanged for. */
export async function idClaims({ url }: UserPool, code: string | null) {
  const body = new URLSearchParams({
    grant_type: "authorization_code",
    client_id: federatedClient.id,
    redirect_uri: CALLBACK,
    code: code ?? "",
  });
  const answer = (await (await fetch(`${url}/oauth2/token`, { method: "POST", body })).json()) as object;
  return claimsOf((answer as { readonly id_token?: string }).id_token);
}
