import { arn, foundBy, lambda, resource, userPool } from "../checking.ts";

const found = (template: Record<string, unknown>) => foundBy("trigger-not-wired", template);
const permission = (source?: unknown) =>
  resource("Lambda::Permission", {
    Action: "lambda:InvokeFunction",
    Principal: "cognito-idp.amazonaws.com",
    FunctionName: arn("Trigger"),
    ...(source !== undefined && { SourceArn: source }),
  });
const healing = lambda({ Environment: { Variables: { CLAIMGATE_HEAL_GROUPS: "true" } } });
const MESSAGE = "Trigger: is a trigger, but the LambdaConfig of `Pool` does not name it, so it never runs";

describe("trigger-not-wired", () => {
  it("finds a function that the pool may call and does not", () => {
    expect(found({ Pool: userPool(), Trigger: lambda(), P: permission(arn("Pool")) })).toEqual([MESSAGE]);
    expect(found({ Pool: userPool(), Trigger: lambda(), P: permission() })).toEqual([MESSAGE]);
  });

  it("finds a function with a variable that only triggers read", () => {
    expect(found({ Pool: userPool(), Trigger: healing })).toEqual([MESSAGE]);
  });

  it("is silent about a trigger that the pool calls, in both forms", () => {
    const direct = userPool({ LambdaConfig: { PostConfirmation: arn("Trigger") } });
    const versioned = userPool({ LambdaConfig: { PreTokenGenerationConfig: { LambdaArn: arn("Trigger") } } });
    for (const Pool of [direct, versioned]) {
      expect(found({ Pool, Trigger: healing, P: permission(arn("Pool")) })).toEqual([]);
    }
  });

  it("cannot tell of a pool of another stack", () => {
    expect(found({ Trigger: healing, P: permission("arn:aws:cognito-idp:x:y:userpool/z") })).toEqual([]);
    const elsewhere = permission("arn:aws:cognito-idp:eu-west-1:111122223333:userpool/eu-west-1_Other");
    expect(found({ Pool: userPool(), Trigger: lambda(), P: elsewhere })).toEqual([]);
  });
});
