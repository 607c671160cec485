import { objectOf, textOf } from "../../../json.ts";
import { type Resource, resourcesOf, type Template } from "../../cloudformation/template.ts";
import type { TemplateCheck, TemplateProblem } from "../template-check.ts";

/** An identity provider that others can pose as, or that cannot sign anyone up. */
export const providerSetting: TemplateCheck = {
  id: "provider-setting",
  summary: "an identity provider with an address without https, or without a scope that sign-up needs",
  check,
};

/** Developer guide, `ProviderDetails` of CreateIdentityProvider: what Cognito reads metadata, keys and tokens from. */
const ADDRESSES = [
  "oidc_issuer",
  "authorize_url",
  "token_url",
  "attributes_url",
  "jwks_uri",
  "MetadataURL",
] as const;

interface Scopes {
  /** Without it a user has no address, and cannot sign up; OpenID Connect has no ID token without `openid`. */
  readonly needed: string;
  readonly separator: "comma" | "blank";
}

/** By `ProviderType`. The separators are those of the API reference. */
const SCOPES: Readonly<Record<string, Scopes>> = {
  OIDC: { needed: "openid", separator: "blank" },
  Google: { needed: "email", separator: "blank" },
  SignInWithApple: { needed: "email", separator: "blank" },
  LoginWithAmazon: { needed: "profile", separator: "blank" },
  Facebook: { needed: "email", separator: "comma" },
};

function* check(template: Template): Iterable<TemplateProblem> {
  for (const provider of resourcesOf(template, "AWS::Cognito::UserPoolIdentityProvider")) {
    yield* addressesOf(provider);
    yield* scopesOf(provider);
  }
}

function* addressesOf({ id, properties }: Resource): Iterable<TemplateProblem> {
  const details = objectOf(properties["ProviderDetails"]);
  for (const name of ADDRESSES) {
    const address = textOf(details[name]);
    if (address === undefined || /^(https:\/\/|\{\{resolve:)/i.test(address)) continue;
    yield {
      resource: id,
      property: `ProviderDetails.${name}`,
      message: `is \`${address}\`: over http, others on the way can pose as the provider`,
      fix: "use an address that begins with `https://`",
    };
  }
}

function* scopesOf({ id, properties }: Resource): Iterable<TemplateProblem> {
  const scopes = SCOPES[textOf(properties["ProviderType"]) ?? ""];
  const { authorize_scopes: value = "" } = objectOf(properties["ProviderDetails"]);
  if (scopes === undefined || typeof value !== "string") return;
  const { needed, separator } = scopes;
  const requested = value.split(separator === "comma" ? "," : " ").map((scope) => scope.trim());
  if (requested.includes(needed)) return;
  yield {
    resource: id,
    property: "ProviderDetails.authorize_scopes",
    message: `is \`${value}\`, without \`${needed}\`: nobody could sign up with this provider`,
    fix: `add \`${needed}\`, with a ${separator} between scopes`,
  };
}
