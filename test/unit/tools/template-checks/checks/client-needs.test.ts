import { appClient, foundBy, ref, resource } from "../checking.ts";

const found = (template: Record<string, unknown>) => foundBy("client-needs", template);
const server = resource("Cognito::UserPoolResourceServer", {
  UserPoolId: ref("Pool"),
  Identifier: "orders-api",
  Scopes: [{ ScopeName: "read" }],
});
const google = resource("Cognito::UserPoolIdentityProvider", {
  UserPoolId: ref("Pool"),
  ProviderName: "Google",
});

describe("client-needs", () => {
  it("knows Cognito's own scopes and users", () => {
    const scopes = ["openid", "email", "profile", "phone", "aws.cognito.signin.user.admin"];
    expect(
      found({ Web: appClient({ AllowedOAuthScopes: scopes, SupportedIdentityProviders: ["COGNITO"] }) }),
    ).toEqual([]);
  });

  it("finds scopes and providers that nothing makes", () => {
    expect(
      found({
        Server: server,
        Web: appClient({ AllowedOAuthScopes: ["orders-api/write"], SupportedIdentityProviders: ["Google"] }),
      }),
    ).toEqual([
      "Web.AllowedOAuthScopes.0: names the scope `orders-api/write`, which the template does not create",
      "Web.SupportedIdentityProviders.0: names the identity provider `Google`, which the template does not create",
    ]);
  });

  it("finds a client that may be made before them", () => {
    const web = { AllowedOAuthScopes: ["orders-api/read"], SupportedIdentityProviders: ["Google"] };
    expect(found({ Server: server, Google: google, Web: appClient(web) })).toHaveLength(2);
    expect(
      found({ Server: server, Google: google, Web: appClient(web, { DependsOn: ["Server", "Google"] }) }),
    ).toEqual([]);
  });

  it("takes a reference for an order", () => {
    const web = {
      AllowedOAuthScopes: [{ "Fn::Sub": "${Server}/read" }],
      SupportedIdentityProviders: [ref("Google")],
    };
    expect(found({ Server: server, Google: google, Web: appClient(web) })).toEqual([]);
  });

  it("follows an order by way of others", () => {
    const first = appClient({}, { DependsOn: "Server" });
    const web = appClient({ AllowedOAuthScopes: ["orders-api/read"] }, { DependsOn: "First" });
    expect(found({ Server: server, First: first, Web: web })).toEqual([]);
  });
});
