import { foundBy, resource } from "../checking.ts";

const found = (ProviderType: string, ProviderDetails: Record<string, unknown>) =>
  foundBy("provider-setting", {
    Provider: resource("Cognito::UserPoolIdentityProvider", { ProviderType, ProviderDetails }),
  });

const OIDC = { oidc_issuer: "https://id.example.com", authorize_scopes: "openid email" };

describe("provider-setting", () => {
  it.each(["oidc_issuer", "authorize_url", "token_url", "attributes_url", "jwks_uri"])(
    "finds %s over http",
    (name) => {
      expect(found("OIDC", { ...OIDC, [name]: "http://id.example.com" })).toEqual([
        `Provider.ProviderDetails.${name}: is \`http://id.example.com\`: over http, others on the way can pose as the provider`,
      ]);
    },
  );

  it("finds metadata of SAML over http, and an address without a scheme", () => {
    expect(found("SAML", { MetadataURL: "http://saml.example.com/metadata" })).toHaveLength(1);
    expect(found("SAML", { MetadataURL: "saml.example.com/metadata" })).toHaveLength(1);
    expect(found("SAML", { MetadataFile: "<EntityDescriptor/>" })).toEqual([]);
  });

  it.each([
    ["OIDC", "email profile", "openid"],
    ["OIDC", "openid,email", "openid"],
    ["Google", "openid profile", "email"],
    ["SignInWithApple", "name", "email"],
    ["LoginWithAmazon", "postal_code", "profile"],
    ["Facebook", "public_profile", "email"],
    ["Facebook", "public_profile email", "email"],
  ])("finds that %s does not request what sign-up needs: %s", (type, authorize_scopes, needed) => {
    expect(found(type, { authorize_scopes })).toEqual([
      `Provider.ProviderDetails.authorize_scopes: is \`${authorize_scopes}\`, without \`${needed}\`: nobody could sign up with this provider`,
    ]);
  });

  it("finds that no scopes are requested at all", () => {
    expect(found("OIDC", { oidc_issuer: "https://id.example.com" })).toHaveLength(1);
  });

  it.each([
    ["OIDC", OIDC],
    ["Google", { authorize_scopes: "openid email profile" }],
    ["Facebook", { authorize_scopes: "public_profile, email" }],
    ["LoginWithAmazon", { authorize_scopes: "profile" }],
    ["OIDC", { oidc_issuer: { Ref: "Issuer" }, authorize_scopes: { Ref: "Scopes" } }],
    ["OIDC", { ...OIDC, oidc_issuer: "{{resolve:ssm:issuer}}" }],
  ])("accepts %s with %j", (type, details) => {
    expect(found(type, details)).toEqual([]);
  });
});
