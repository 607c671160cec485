import { arn, foundBy, lambda, ref, resource, uri, userPool } from "../checking.ts";

const found = (template: Record<string, unknown>) => foundBy("missing-permission", template);
const permission = (properties: Record<string, unknown>) => resource("Lambda::Permission", properties);
const pool = userPool({ LambdaConfig: { PreSignUp: arn("F") } });
const cognito = { FunctionName: arn("F"), Principal: "cognito-idp.amazonaws.com", SourceArn: arn("Pool") };

describe("missing-permission", () => {
  it("names the function, who calls it and as what", () => {
    expect(found({ Pool: pool, F: lambda() })).toEqual([
      "Pool.LambdaConfig.PreSignUp: calls `F` as trigger, but cognito-idp.amazonaws.com of `Pool` has no permission to",
    ]);
  });

  it("is content with a permission for the pool, or for every pool", () => {
    expect(found({ Pool: pool, F: lambda(), P: permission(cognito) })).toEqual([]);
    expect(found({ Pool: pool, F: lambda(), P: permission({ ...cognito, SourceArn: undefined }) })).toEqual(
      [],
    );
    expect(found({ Pool: pool, F: lambda(), P: permission({ ...cognito, FunctionName: ref("F") }) })).toEqual(
      [],
    );
    expect(found({ Pool: pool, F: lambda(), P: permission({ ...cognito, FunctionName: "f" }) })).toEqual([]);
  });

  it("is not content with one for another function, another service or another pool", () => {
    const others = { Other: userPool(), G: lambda({ FunctionName: "g" }) };
    for (const wrong of [
      { FunctionName: arn("G") },
      { Principal: "s3.amazonaws.com" },
      { SourceArn: arn("Other") },
    ]) {
      expect(
        found({ Pool: pool, F: lambda(), ...others, P: permission({ ...cognito, ...wrong }) }),
      ).toHaveLength(1);
    }
  });

  it("sees the triggers that have a version, and skips the key of a custom sender", () => {
    const config = {
      PreTokenGenerationConfig: { LambdaArn: arn("F"), LambdaVersion: "V3_0" },
      CustomEmailSender: { LambdaArn: arn("G"), LambdaVersion: "V1_0" },
      KMSKeyID: arn("Key"),
    };
    const template = {
      Pool: userPool({ LambdaConfig: config }),
      F: lambda(),
      G: lambda({ FunctionName: "g" }),
    };
    expect(found(template).map((line) => line.split(":")[0])).toEqual([
      "Pool.LambdaConfig.PreTokenGenerationConfig.LambdaArn",
      "Pool.LambdaConfig.CustomEmailSender.LambdaArn",
    ]);
  });

  const http = resource("ApiGatewayV2::Authorizer", {
    ApiId: ref("Http"),
    AuthorizerType: "REQUEST",
    AuthorizerUri: uri("F"),
  });
  const rest = resource("ApiGateway::Authorizer", {
    RestApiId: ref("Rest"),
    Type: "REQUEST",
    AuthorizerUri: uri("F"),
  });
  const source = (api: string) => ({
    FunctionName: arn("F"),
    Principal: "apigateway.amazonaws.com",
    SourceArn: {
      "Fn::Sub": `arn:\${AWS::Partition}:execute-api:\${AWS::Region}:\${AWS::AccountId}:\${${api}}/*`,
    },
  });

  it("asks for each API by itself", () => {
    expect(found({ A: http, B: rest, F: lambda(), P: permission(source("Http")) })).toEqual([
      "B.AuthorizerUri: calls `F` as authorizer, but apigateway.amazonaws.com of `Rest` has no permission to",
    ]);
    const both = { P: permission(source("Http")), Q: permission(source("Rest")) };
    expect(found({ A: http, B: rest, F: lambda(), ...both })).toEqual([]);
  });

  it("asks for backends, once for an API", () => {
    const method = resource("ApiGateway::Method", {
      RestApiId: ref("Rest"),
      Integration: { Type: "AWS_PROXY", Uri: uri("F") },
    });
    const integration = resource("ApiGatewayV2::Integration", {
      ApiId: ref("Http"),
      IntegrationUri: arn("F"),
    });
    expect(
      found({ M: method, N: method, I: integration, F: lambda() }).map((line) => line.split(":")[0]),
    ).toEqual(["I.IntegrationUri", "M.Integration.Uri"]);
  });

  it("asks for none where the gateway has a role, or the function is of another stack", () => {
    const withRole = resource("ApiGatewayV2::Authorizer", {
      AuthorizerUri: uri("F"),
      AuthorizerCredentialsArn: arn("Role"),
    });
    const elsewhere = resource("ApiGatewayV2::Authorizer", {
      AuthorizerUri: "arn:aws:lambda:us-east-1:111122223333:function:other",
    });
    expect(found({ A: withRole, B: elsewhere, F: lambda() })).toEqual([]);
  });

  it("tells an alias from its function, and knows it by name and by reference", () => {
    const alias = resource("Lambda::Alias", { FunctionName: ref("F"), Name: "live" });
    const aliased = (name: unknown) => ({
      Pool: userPool({ LambdaConfig: { PreSignUp: name } }),
      F: lambda(),
      Live: alias,
    });
    const byName = { "Fn::Join": [":", [arn("F"), "live"]] };
    for (const called of [ref("Live"), byName]) {
      expect(found({ ...aliased(called), P: permission(cognito) })).toHaveLength(1);
      for (const allowed of [ref("Live"), byName]) {
        expect(found({ ...aliased(called), P: permission({ ...cognito, FunctionName: allowed }) })).toEqual(
          [],
        );
      }
    }
  });
});
