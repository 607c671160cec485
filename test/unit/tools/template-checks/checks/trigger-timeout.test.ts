import { arn, foundBy, lambda, resource, userPool } from "../checking.ts";

const found = (template: Record<string, unknown>) => foundBy("trigger-timeout", template);
const pool = userPool({
  LambdaConfig: { PreTokenGenerationConfig: { LambdaArn: arn("F"), LambdaVersion: "V3_0" } },
});

describe("trigger-timeout", () => {
  it("finds a trigger that runs on after Cognito has given up", () => {
    expect(found({ Pool: pool, F: lambda({ Timeout: 6 }) })).toEqual([
      "F.Timeout: is 6 s, but Cognito waits 5 s and then calls again, up to three times",
    ]);
  });

  it("lets 5 s and Lambda's default pass, and functions that are not triggers", () => {
    expect(found({ Pool: pool, F: lambda({ Timeout: 5 }) })).toEqual([]);
    expect(found({ Pool: pool, F: lambda() })).toEqual([]);
    expect(found({ F: lambda({ Timeout: 30 }) })).toEqual([]);
  });

  it("knows a trigger of a pool of another stack by its permission", () => {
    const permission = {
      FunctionName: arn("F"),
      Principal: "cognito-idp.amazonaws.com",
      SourceArn: "arn:aws:x",
    };
    expect(found({ F: lambda({ Timeout: 10 }), P: resource("Lambda::Permission", permission) })).toHaveLength(
      1,
    );
  });

  it("finds the function behind an alias, once", () => {
    const template = {
      Pool: userPool({ LambdaConfig: { PreSignUp: { Ref: "Live" }, PostConfirmation: arn("F") } }),
      F: lambda({ Timeout: 10 }),
      Live: resource("Lambda::Alias", { FunctionName: { Ref: "F" }, Name: "live" }),
    };
    expect(found(template)).toHaveLength(1);
  });
});
