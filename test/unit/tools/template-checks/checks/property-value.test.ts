import { VALUES } from "../../../../../src/tools/template-checks/property-values.ts";
import { foundBy, ref, resource, userPool } from "../checking.ts";

const found = (template: Record<string, unknown>) => foundBy("property-value", template);

describe("property-value", () => {
  it("names the place, the value and what is expected", () => {
    expect(found({ Pool: userPool({ EnabledMfas: ["SOFTWARE_TOKEN_MFA", "PIGEON"] }) })).toEqual([
      "Pool.EnabledMfas.1: is `PIGEON`; expected `SMS_MFA` or `SOFTWARE_TOKEN_MFA` or `EMAIL_OTP`",
    ]);
  });

  it("leaves to AWS what AWS fills in", () => {
    expect(found({ Pool: userPool({ EnabledMfas: [ref("Factor")] }) })).toEqual([]);
    expect(
      found({ D: resource("Cognito::UserPoolDomain", { Domain: { "Fn::Sub": "x-${AWS::AccountId}" } }) }),
    ).toEqual([]);
  });

  it.each<[type: string, path: string, good: readonly unknown[], bad: readonly unknown[]]>([
    [
      "Cognito::UserPoolDomain",
      "Domain",
      ["shop", "sign-in-1", "cognito.example.com"],
      ["my-aws-shop", "cognito", "amazonian"],
    ],
    ["Cognito::UserPoolDomain", "ManagedLoginVersion", [1, 2, "2"], [0, 3]],
    ["ApiGateway::Method", "AuthorizationType", ["NONE", "CUSTOM", "COGNITO_USER_POOLS"], ["JWT", "none"]],
    [
      "ApiGateway::Authorizer",
      "IdentitySource",
      ["method.request.header.Authorization", "method.request.querystring.t, context.path,stageVariables.x"],
      ["header.Authorization", "$request.header.Authorization", "context.path,", ""],
    ],
    ["ApiGatewayV2::Authorizer", "AuthorizerType", ["REQUEST", "JWT"], ["TOKEN", "request"]],
    ["ApiGatewayV2::Authorizer", "AuthorizerPayloadFormatVersion", ["1.0", "2.0"], ["2", "9.0"]],
    ["ApiGatewayV2::Authorizer", "AuthorizerResultTtlInSeconds", [0, 3600], [-1, 3601, "soon"]],
    ["ApiGatewayV2::Integration", "PayloadFormatVersion", ["1.0", "2.0"], ["3.0"]],
    [
      "ApiGatewayV2::Route",
      "AuthorizationType",
      ["NONE", "JWT", "AWS_IAM", "CUSTOM"],
      ["COGNITO_USER_POOLS"],
    ],
    [
      "ApiGatewayV2::Route",
      "RouteKey",
      ["GET /orders", "ANY /{proxy+}", "$default", "$connect", "sendMessage"],
      ["get /orders", "GET orders", "GET  /orders", "FETCH /orders"],
    ],
    ["Lambda::Permission", "Action", ["lambda:InvokeFunction"], ["lambda:Invoke", "lambda:*"]],
  ])("%s %s", (type, path, good, bad) => {
    for (const value of good) expect(found({ R: resource(type, { [path]: value }) })).toEqual([]);
    for (const value of bad) expect(found({ R: resource(type, { [path]: value }) })).toHaveLength(1);
  });

  it("looks into lists and maps", () => {
    const rules = (rule: unknown) => ({
      RoleMappings: { web: { Type: "Rules", RulesConfiguration: { Rules: rule } } },
    });
    const attachment = (rule: unknown) => ({
      A: resource("Cognito::IdentityPoolRoleAttachment", rules(rule)),
    });
    expect(found(attachment([{ MatchType: "Equals" }]))).toEqual([]);
    expect(found(attachment([{ MatchType: "Like" }]))).toHaveLength(1);
    expect(found(attachment([]))).toEqual([
      "A.RoleMappings.web.RulesConfiguration.Rules: is a list of 0; expected from 1 to 25 rules",
    ]);
    expect(found(attachment(Array(26).fill({ MatchType: "Equals" })))).toHaveLength(1);
  });

  it("has each property once", () => {
    const places = VALUES.map(({ type, path }) => `${type} ${path}`);
    expect(new Set(places).size).toBe(places.length);
  });
});
