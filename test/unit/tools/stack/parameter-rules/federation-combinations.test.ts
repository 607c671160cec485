import { faultsOf } from "../../../../support/stage.ts";

const GOOGLE = { googleClientId: "1-abc.apps.googleusercontent.com", googleSecret: "claimgate/google" };
const OIDC = {
  oidcName: "ExampleId",
  oidcIssuer: "https://id.example.com",
  oidcClientId: "orders",
  oidcSecret: "claimgate/oidc",
};
const SAML = { samlName: "ExampleCorp", samlMetadataUrl: "https://saml.example.com/metadata" };
const APPLE = {
  appleServicesId: "com.example.orders",
  appleTeamId: "TEAMID1234",
  appleKeyId: "KEYID12345",
  appleSecret: "claimgate/apple",
};
const FACEBOOK = { facebookAppId: "1234567890", facebookSecret: "claimgate/facebook" };
const AMAZON = {
  amazonClientId: "amzn1.application-oa2-client.example",
  amazonSecret: "claimgate/amazon",
};
const trusting = (trusted: Record<string, string[]>) => ({ trustedProviders: JSON.stringify(trusted) });

describe("identity providers", () => {
  it("may all be there at once, each trusted for some domains or for none", () => {
    const trusted = trusting({
      Google: ["example.com"],
      SignInWithApple: [],
      Facebook: [],
      LoginWithAmazon: [],
      ExampleId: [],
      ExampleCorp: [],
    });
    expect(faultsOf({ ...GOOGLE, ...APPLE, ...FACEBOOK, ...AMAZON, ...OIDC, ...SAML, ...trusted })).toEqual(
      [],
    );
  });

  it.each([
    ["Google", "googleSecret", "googleClientId", GOOGLE],
    ["SignInWithApple", "appleTeamId", "appleServicesId", APPLE],
    ["SignInWithApple", "appleKeyId", "appleServicesId", APPLE],
    ["SignInWithApple", "appleSecret", "appleServicesId", APPLE],
    ["Facebook", "facebookSecret", "facebookAppId", FACEBOOK],
    ["LoginWithAmazon", "amazonSecret", "amazonClientId", AMAZON],
    ["ExampleId", "oidcIssuer", "oidcName", OIDC],
    ["ExampleId", "oidcClientId", "oidcName", OIDC],
    ["ExampleId", "oidcSecret", "oidcName", OIDC],
    ["ExampleCorp", "samlMetadataUrl", "samlName", SAML],
  ] as const)("are complete: %s needs `%s`, which means nothing without `%s`", (name, need, key, all) => {
    const given: Record<string, string> = { ...all };
    const { [need]: part, ...without } = given;
    expect(faultsOf({ ...without, ...trusting({ [name]: [] }) })).toEqual([
      `\`${key}\` is set without \`${need}\``,
    ]);
    expect(faultsOf({ [need]: part ?? "" })).toEqual([`\`${need}\` is set without \`${key}\``]);
  });

  it.each(["Google", "google", "SignInWithApple", "cognito", "Facebook"])(
    "have no name of Cognito's own: %s",
    (oidcName) => {
      expect(faultsOf({ ...OIDC, oidcName, ...trusting({ [oidcName]: [] }) })).toEqual([
        `\`oidcName\` is \`${oidcName}\`, a name that Cognito keeps for itself`,
      ]);
    },
  );

  it.each([
    ["facebookScopes", "public_profile", "`email` among them"],
    ["facebookScopes", "public_profile email", "separated by commas"],
    ["facebookApiVersion", "17", "such as `v17.0`"],
    ["amazonScopes", "postal_code", "`profile` among them"],
  ])("tell an address by their scopes: %s=%s", (name, value, message) => {
    expect(faultsOf({ [name]: value })).toEqual([expect.stringContaining(message)]);
  });

  it("differ in name, in more than case", () => {
    const both = { ...OIDC, ...SAML, samlName: "EXAMPLEID", ...trusting({ ExampleId: [] }) };
    expect(faultsOf(both)).toContain(
      "`oidcName` and `samlName` are both `EXAMPLEID`; providers of a pool differ in name",
    );
  });
});

describe("parameters that the triggers read", () => {
  it.each([
    ["trustedProviders", "Google", "is not a JSON object such as"],
    ["trustedProviders", '{"Google":["*.example.com"]}', "has the invalid domain `*.example.com`"],
    ["trustedProviders", '{"Corp":[],"Corp_Partner":[]}', "cannot be told apart"],
    ["copiedClaims", '{"sub":"custom:x"}', "claim `sub` is reserved"],
    ["scopePrefix", "orders api/", "is not a valid scope prefix"],
    ["tokenBudget", "999", "expected a whole number of at least 1000"],
    ["tokenBudget", "6k", "expected a whole number"],
  ])("are read before they are deployed: %s=%s", (name, value, message) => {
    const [first] = faultsOf({ [name]: value });
    expect(first).toContain(`parameter \`${name}\``);
    expect(first).toContain(message);
  });
});
