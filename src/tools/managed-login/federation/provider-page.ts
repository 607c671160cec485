import type { ProviderConfig } from "../../cognito/config/pool-config.ts";
import type { Pool } from "../../cognito/pool.ts";
import { type Html, html } from "../../text/html.ts";
import type { CsrfToken } from "../pages/csrf.ts";
import { field, page } from "../pages/page.ts";
import { providerLabel } from "../pages/provider-label.ts";
import type { WebAnswer } from "../route.ts";
import { listAttributes, type ProviderAccount, saysVerified } from "./provider-account.ts";

/** What the page of a provider is shown for. */
export interface ProviderVisit {
  readonly pool: Pool;
  readonly provider: ProviderConfig;
  readonly state: string;
  readonly csrf: CsrfToken;
  /** Where the app wants its user back. */
  readonly leadsTo: string;
}

/** The page that plays a provider: an account that signed in before, or another one. */
export function providerPage(visit: ProviderVisit, error?: string): WebAnswer {
  const { provider, csrf, leadsTo } = visit;
  const known = knownAccounts(visit);
  return page(
    {
      title: `Continue with ${providerLabel(provider.name)}`,
      error,
      body: html`<p>This page plays ${providerLabel(provider.name)}: nobody is asked for a password, and nothing leaves this machine.</p>
${known.length === 0 ? undefined : html`<div class="providers">${known.map((account) => knownAccount(visit, account))}</div><p class="or">or</p>`}
${form(visit, newAccount(provider))}
${form(visit, html`<button class="other" name="action" value="cancel">Cancel</button>`)}`,
    },
    { leadsTo, headers: csrf.headers },
  );
}

function form({ state, csrf }: ProviderVisit, fields: Html): Html {
  return html`<form method="post" action="${providerPath(state)}">
${csrf.field}
${fields}
</form>`;
}

export const providerPath = (state: string) => `/_provider?${new URLSearchParams({ state })}`;

/** The accounts of this provider that have a user. */
function knownAccounts({ pool, provider }: ProviderVisit): readonly ProviderAccount[] {
  return pool.users.all().flatMap(({ identities, attributes }) =>
    identities
      .filter(({ providerName }) => providerName === provider.name)
      .map(({ userId }) => ({
        id: userId,
        email: attributes["email"] ?? "",
        emailVerified: attributes["email_verified"] === "true",
        name: attributes["name"] ?? "",
      })),
  );
}

function knownAccount(visit: ProviderVisit, { id, email, emailVerified, name }: ProviderAccount): Html {
  const hidden = (field: string, value: string) =>
    html`<input type="hidden" name="${field}" value="${value}">`;
  return form(
    visit,
    html`${hidden("id", id)}${hidden("email", email)}${hidden("name", name)}
${emailVerified ? hidden("verified", "on") : undefined}
<button class="other">${email === "" ? id : email}</button>`,
  );
}

function newAccount(provider: ProviderConfig): Html {
  return html`${field({ name: "email", label: "E-mail address", type: "email", autocomplete: "email", required: false })}
${field({ name: "name", label: "Name", autocomplete: "name", required: false })}
${field({
  name: "id",
  label: "Account",
  autocomplete: "off",
  required: false,
  hint: `What ${provider.name} calls the account; made of the address where it is empty.`,
})}
${
  saysVerified(provider)
    ? html`<label class="check"><input type="checkbox" name="verified" checked> The address is verified</label>`
    : html`<p>${provider.name} does not say whether an address is verified.</p>`
}
${listAttributes(provider).map(
  (attribute) => html`<label>${provider.attributeMapping[attribute]}
<textarea name="${attribute}" rows="3" autocomplete="off" autocapitalize="none" spellcheck="false"></textarea>
<small>What the directory sends for <code>${attribute}</code>, such as groups: one value a line.</small></label>`,
)}
<button>Continue</button>`;
}
