import { poolFromTemplate } from "../../../../../../src/tools/cognito/config/from-template.ts";

const place = {
  region: "us-east-1",
  accountId: "000000000000",
  userPoolId: "us-east-1_LocalPool",
  issuer: "https://cognito-idp.us-east-1.amazonaws.com/us-east-1_LocalPool",
};

const provider = { "Fn::GetAtt": ["UserPool", "ProviderName"] };

const read = (more: object) =>
  poolFromTemplate(
    {
      Resources: {
        UserPool: { Type: "AWS::Cognito::UserPool", Properties: {} },
        WebClient: { Type: "AWS::Cognito::UserPoolClient", Properties: {} },
        SignedInRole: { Type: "AWS::IAM::Role", Properties: {} },
        ...more,
      },
    },
    { place, client: (name) => ({ id: `${name}id`, secret: "" }) },
  ).config.identityPool;

test("the identity pool of a template knows its clients, roles and mappings", () => {
  const config = read({
    IdentityPool: {
      Type: "AWS::Cognito::IdentityPool",
      Properties: {
        AllowUnauthenticatedIdentities: false,
        CognitoIdentityProviders: [
          { ProviderName: provider, ClientId: { Ref: "WebClient" }, ServerSideTokenCheck: true },
          { ProviderName: "cognito-idp.us-east-1.amazonaws.com/us-east-1_Other", ClientId: "other" },
        ],
      },
    },
    Roles: {
      Type: "AWS::Cognito::IdentityPoolRoleAttachment",
      Properties: {
        IdentityPoolId: { Ref: "IdentityPool" },
        Roles: {
          authenticated: { "Fn::GetAtt": ["SignedInRole", "Arn"] },
          unauthenticated: { "Fn::ImportValue": "somewhere" },
        },
        RoleMappings: {
          web: {
            IdentityProvider: { "Fn::Join": [":", [provider, { Ref: "WebClient" }]] },
            Type: "Rules",
            AmbiguousRoleResolution: "AuthenticatedRole",
            RulesConfiguration: {
              Rules: [
                {
                  Claim: "a",
                  MatchType: "Contains",
                  Value: "b",
                  RoleARN: { "Fn::GetAtt": ["SignedInRole", "Arn"] },
                },
              ],
            },
          },
        },
      },
    },
  });

  const signedIn = "arn:aws:iam::000000000000:role/SignedInRole";
  expect(config).toEqual({
    id: expect.stringMatching(/^us-east-1:[0-9a-f-]{36}$/) as string,
    guests: false,
    clients: new Map([["webid", { serverSideTokenCheck: true }]]),
    authenticatedRole: signedIn,
    guestRole: undefined,
    principalTags: {},
    mappings: new Map([
      [
        "webid",
        {
          type: "Rules",
          otherwise: "AuthenticatedRole",
          rules: [{ claim: "a", match: "Contains", value: "b", role: signedIn }],
        },
      ],
    ]),
  });
});

test("the session tags are those for this user pool, with those of AWS where the template wants them", () => {
  const tags = (IdentityProviderName: unknown, more: object) => ({
    Type: "AWS::Cognito::IdentityPoolPrincipalTag",
    Properties: { IdentityPoolId: { Ref: "IdentityPool" }, IdentityProviderName, ...more },
  });
  const config = read({
    IdentityPool: { Type: "AWS::Cognito::IdentityPool", Properties: {} },
    OtherTags: tags("graph.facebook.com", { PrincipalTags: { other: "sub" } }),
    Tags: tags(provider, { UseDefaults: true, PrincipalTags: { tenant: "custom:tenant_id" } }),
  });
  expect(config?.principalTags).toEqual({ client: "aud", username: "sub", tenant: "custom:tenant_id" });
});

test("a template without an identity pool has none", () => {
  expect(read({})).toBeUndefined();
});
