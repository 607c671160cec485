import { readFileSync } from "node:fs";
import { parse } from "yaml";
import { printFinding } from "../../../../src/tools/findings/finding.ts";
import { servicePlaces } from "../../../../src/tools/service/service-places.ts";
import { providerFindings } from "../../../../src/tools/stack/identity-providers.ts";
import { stageParameters } from "../../../../src/tools/stack/stage-parameters.ts";

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

const EXISTING = { existingUserPoolId: "eu-west-1_EXAMPLE12" };

/** What packaging says of a stage, without the place. */
function said(resources: object, trusted: object, more: Readonly<Record<string, string>> = {}): string[] {
  const params = { default: { trustedProviders: JSON.stringify(trusted), ...more } };
  const ownsPool = { "Fn::Equals": [more["existingUserPoolId"] ?? "", ""] };
  const section = { Conditions: { OwnsUserPool: ownsPool }, Resources: resources };
  const placeOf = () => ({ file: "serverless.yml", line: 1, column: 1 });
  return providerFindings(section, stageParameters(params, "dev"), placeOf).map(
    ({ id, message }) => `${message} [${id}]`,
  );
}

describe("the identity providers of a template", () => {
  it("may be any number of a kind, each trusted for some domains or for none", () => {
    expect(said(BOTH, { TenantA: ["example.com"], TenantB: [] })).toEqual([]);
    expect(said({}, {})).toEqual([]);
  });

  it("are all trusted, or nobody could sign up by them", () => {
    expect(said(BOTH, { TenantA: ["example.com"] })).toEqual([
      "`SecondSamlIdentityProvider` sets up the identity provider `TenantB`, which `trustedProviders` does not name, so no user could sign up with it: name the e-mail domains that it is trusted for, or `[]` [provider-trust]",
    ]);
  });

  it("are what is trusted: a misspelled one is found, with what there is", () => {
    expect(said(TENANT_A, { TenantA: [], tenantB: [] })).toEqual([
      "`trustedProviders` names `tenantB`, but the stage sets up no such identity provider: it has `TenantA` [provider-trust]",
    ]);
    expect(said({}, { Google: [] })).toEqual([expect.stringContaining("it has none")]);
  });

  it("are not left out silently where the stage has an existing pool", () => {
    const resources = {
      SamlIdentityProvider: { ...TENANT_A.SamlIdentityProvider, Condition: "OwnsUserPool" },
    };
    expect(said(resources, {}, EXISTING)).toEqual([
      "`SamlIdentityProvider` is left out, because the stage has `existingUserPoolId`: set up the identity provider `TenantA` in that pool and name it in `trustedProviders`, or remove the provider from `resources` [provider-trust]",
    ]);
    expect(said(resources, { TenantA: [] }, EXISTING)).toEqual([]);
  });

  it("have names that are known, and that differ in more than case", () => {
    expect(said({ Corp: provider({ Ref: "Name" }) }, {})).toEqual([
      "`Corp` has a `ProviderName` that is not a string: write the name in full [provider-name]",
    ]);
    expect(said({ ...TENANT_A, Other: provider("TENANTA") }, { TenantA: [] })).toContain(
      "`SamlIdentityProvider` and `Other` are both named `TENANTA`; providers of a pool differ in name [provider-name]",
    );
  });

  it.each(["Google", "google", "SignInWithApple", "cognito", "Facebook"])(
    "have no name of Cognito's own where they are of another kind: %s",
    (name) => {
      expect(said({ Corp: provider(name) }, { [name]: [] })).toEqual([
        `\`Corp\` is named \`${name}\`, a name that Cognito keeps for itself; give it another \`ProviderName\` [provider-name]`,
      ]);
    },
  );

  it("of an existing pool are trusted without being there, but not there without being trusted", () => {
    expect(said({}, { Okta: ["example.com"] }, EXISTING)).toEqual([]);
    expect(said(TENANT_A, {}, EXISTING)).toEqual([expect.stringContaining("`SamlIdentityProvider` sets up")]);
  });

  it("are found where they are written, and `trustedProviders` where it is set", () => {
    const text = `params:
  default:
    trustedProviders: '{"Okta":[]}'
resources:
  Resources:
    SamlIdentityProvider: {}
`;
    const { at } = servicePlaces("serverless.yml", text, () => undefined);
    const placesFor = (...options: string[]) => {
      const params = { default: { trustedProviders: '{"Okta":[]}' } };
      const stage = stageParameters(params, "dev", options);
      return providerFindings({ Resources: TENANT_A }, stage, at).map((one) =>
        printFinding(one).split(": ", 1),
      );
    };
    expect(placesFor().flat()).toEqual(["serverless.yml:3:5", "serverless.yml:6:5"]);
    expect(placesFor('trustedProviders={"Google":[]}').flat()[0]).toBe("--param trustedProviders");
  });
});

describe("the recipe of docs/federation.md for a second provider of a kind", () => {
  it("is a resource that this check counts", () => {
    const page = readFileSync("docs/federation.md", "utf8");
    const recipe = /```yaml\n +Resources:\n( +SecondSamlIdentityProvider:[\s\S]*?)```/.exec(page)?.[1] ?? "";
    const resources = parse(recipe, { logLevel: "silent" }) as object;

    expect(said({ ...TENANT_A, ...resources }, { TenantA: [] })).toEqual([
      expect.stringContaining("identity provider `TenantB`"),
    ]);
    expect(said({ ...TENANT_A, ...resources }, { TenantA: [], TenantB: [] })).toEqual([]);
  });
});
