import { readFileSync } from "node:fs";
import { parse } from "yaml";
import { checkIdentityProviders } from "../../../../src/tools/stack/identity-providers.ts";

const provider = (ProviderName: unknown) => ({
  Type: "AWS::Cognito::UserPoolIdentityProvider",
  Properties: { UserPoolId: { Ref: "UserPool" }, ProviderName, ProviderType: "SAML" },
});
const TENANT_A = { SamlIdentityProvider: provider("TenantA") };
const BOTH = {
  ...TENANT_A,
  SecondSamlIdentityProvider: provider("TenantB"),
  Topic: { Type: "AWS::SNS::Topic" },
};

const check = (resources: object, trusted: object, more: Readonly<Record<string, string>> = {}) =>
  checkIdentityProviders(
    resources as Readonly<Record<string, unknown>>,
    new Map(Object.entries({ trustedProviders: JSON.stringify(trusted), ...more })),
  );

describe("the identity providers of a template", () => {
  it("may be any number of a kind, each trusted for some domains or for none", () => {
    expect(() => check(BOTH, { TenantA: ["example.com"], TenantB: [] })).not.toThrow();
    expect(() => check({}, {})).not.toThrow();
  });

  it("are all trusted, or nobody could sign up by them: packaging stops", () => {
    expect(() => check(BOTH, { TenantA: ["example.com"] })).toThrow(
      new RangeError(
        "`SecondSamlIdentityProvider` sets up the identity provider `TenantB`, which `trustedProviders` does not name, so no user could sign up with it: name the e-mail domains that it is trusted for, or `[]`",
      ),
    );
  });

  it("are what is trusted: a misspelled one stops it, with what there is", () => {
    expect(() => check(TENANT_A, { TenantA: [], tenantB: [] })).toThrow(
      new RangeError(
        "`trustedProviders` names `tenantB`, but the stage sets up no such identity provider: it has `TenantA`",
      ),
    );
    expect(() => check({}, { Google: [] })).toThrow("it has none");
  });

  it("are not left out silently where the stage has an existing pool", () => {
    const parameters = (trusted: object) =>
      new Map([
        ["trustedProviders", JSON.stringify(trusted)],
        ["existingUserPoolId", "eu-west-1_AbCdEf123"],
      ]);
    expect(() => checkIdentityProviders({}, parameters({}), TENANT_A)).toThrow(
      new RangeError(
        "`SamlIdentityProvider` is left out, because the stage has `existingUserPoolId`: set up the identity provider `TenantA` in that pool and name it in `trustedProviders`, or remove the provider from `resources`",
      ),
    );
    expect(() => checkIdentityProviders({}, parameters({ TenantA: [] }), TENANT_A)).not.toThrow();
  });

  it("have names that are known, and that differ in more than case", () => {
    expect(() => check({ Corp: provider({ Ref: "Name" }) }, {})).toThrow(
      "`Corp` has a `ProviderName` that is not a string: write the name in full",
    );
    expect(() => check({ ...TENANT_A, Other: provider("TENANTA") }, { TenantA: [] })).toThrow(
      "`SamlIdentityProvider` and `Other` are both named `TENANTA`",
    );
  });

  it.each(["Google", "google", "SignInWithApple", "cognito", "Facebook"])(
    "have no name of Cognito's own where they are of another kind: %s",
    (name) => {
      expect(() => check({ Corp: provider(name) }, { [name]: [] })).toThrow(
        `\`Corp\` is named \`${name}\`, a name that Cognito keeps for itself`,
      );
    },
  );

  it("of an existing pool are trusted without being there, but not there without being trusted", () => {
    const existing = { existingUserPoolId: "eu-west-1_EXAMPLE12" };
    expect(() => check({}, { Okta: ["example.com"] }, existing)).not.toThrow();
    expect(() => check(TENANT_A, {}, existing)).toThrow("`SamlIdentityProvider` sets up");
  });
});

describe("the recipe of docs/federation.md for a second provider of a kind", () => {
  it("is a resource that this check counts", () => {
    const page = readFileSync("docs/federation.md", "utf8");
    const recipe = /```yaml\n +Resources:\n( +SecondSamlIdentityProvider:[\s\S]*?)```/.exec(page)?.[1] ?? "";
    const resources = parse(recipe, { logLevel: "silent" }) as object;

    expect(() => check({ ...TENANT_A, ...resources }, { TenantA: [] })).toThrow(
      "identity provider `TenantB`",
    );
    expect(() => check({ ...TENANT_A, ...resources }, { TenantA: [], TenantB: [] })).not.toThrow();
  });
});
