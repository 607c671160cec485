import { withExistingClients } from "../../../../src/tools/stack/existing-clients.ts";

const CLIENTS = '{"web":"1h57kf5cpq17m0eml12EXAMPLE","ios":"2h57kf5cpq17m0eml12EXAMPLE"}';
const PROVIDER = { "Fn::Sub": "cognito-idp.${AWS::Region}.${AWS::URLSuffix}/eu-west-1_EXAMPLE" };

const identityPool = (...providers: unknown[]) => ({
  Type: "AWS::Cognito::IdentityPool",
  Properties: { AllowClassicFlow: false, CognitoIdentityProviders: providers },
});
const attachment = (mappings: object) => ({
  Type: "AWS::Cognito::IdentityPoolRoleAttachment",
  Properties: { RoleMappings: mappings },
});
const TOKEN = { Type: "Token", AmbiguousRoleResolution: "Deny" };

describe("the identity pool of a user pool that exists", () => {
  it("trusts every app client that the parameter names, each with its role mapping", () => {
    const written = {
      IdentityPool: identityPool({ ProviderName: PROVIDER, ClientId: CLIENTS, ServerSideTokenCheck: true }),
      Roles: attachment({
        webClient: { ...TOKEN, IdentityProvider: { "Fn::Join": [":", [PROVIDER, CLIENTS]] } },
      }),
      Other: { Type: "AWS::SNS::Topic" },
    };
    const provider = (id: string) => ({ ProviderName: PROVIDER, ClientId: id, ServerSideTokenCheck: true });
    const mapping = (id: string) => ({ ...TOKEN, IdentityProvider: { "Fn::Join": [":", [PROVIDER, id]] } });
    expect(withExistingClients(written, CLIENTS)).toEqual({
      IdentityPool: identityPool(
        provider("1h57kf5cpq17m0eml12EXAMPLE"),
        provider("2h57kf5cpq17m0eml12EXAMPLE"),
      ),
      Roles: attachment({
        webClient: mapping("1h57kf5cpq17m0eml12EXAMPLE"),
        iosClient: mapping("2h57kf5cpq17m0eml12EXAMPLE"),
      }),
      Other: { Type: "AWS::SNS::Topic" },
    });
  });

  it("keeps what is written for other app clients", () => {
    const written = {
      IdentityPool: identityPool({ ProviderName: PROVIDER, ClientId: "3h57kf5cpq17m0eml12EXAMPLE" }),
      Roles: attachment({ other: { ...TOKEN, IdentityProvider: "graph.facebook.com" } }),
    };
    expect(withExistingClients(written, CLIENTS)).toEqual(written);
  });

  it("is as it is written where the stack has a pool of its own", () => {
    const written = { IdentityPool: identityPool({ ClientId: { Ref: "WebClient" } }) };
    expect(withExistingClients(written, "")).toBe(written);
  });
});
