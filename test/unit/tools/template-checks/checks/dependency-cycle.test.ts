import { appClient, arn, foundBy, lambda, ref, userPool } from "../checking.ts";

const found = (template: Record<string, unknown>) => foundBy("dependency-cycle", template);

describe("dependency-cycle", () => {
  it("names the whole chain and the properties that make it", () => {
    const template = {
      Pool: userPool({ LambdaConfig: { PreSignUp: arn("Trigger") } }),
      Trigger: lambda({ Role: arn("Role") }),
      Role: {
        Type: "AWS::IAM::Role",
        Properties: { Policies: [{ PolicyDocument: { Resource: arn("Pool") } }] },
      },
    };
    expect(found(template)).toEqual([
      "Pool.LambdaConfig.PreSignUp: depends on itself: Pool (LambdaConfig.PreSignUp) -> Trigger; Trigger (Role) -> Role; Role (Policies.0.PolicyDocument.Resource) -> Pool",
    ]);
  });

  it("follows Fn::Sub and DependsOn", () => {
    const template = {
      Pool: userPool({}, { DependsOn: ["Trigger"] }),
      Trigger: lambda({ Environment: { Variables: { POOL: { "Fn::Sub": "${Pool.Arn}" } } } }),
    };
    expect(found(template)).toHaveLength(1);
  });

  it("finds a resource that needs itself, and every circle of its own", () => {
    const template = {
      Alone: lambda({ Description: ref("Alone") }),
      One: lambda({}, { DependsOn: "Two" }),
      Two: lambda({}, { DependsOn: "One" }),
    };
    expect(found(template).map((line) => line.split(".")[0])).toEqual(["Alone", "One"]);
  });

  it("says nothing of two that need the same third", () => {
    expect(found({ Pool: userPool(), A: appClient({}), B: appClient({}, { DependsOn: "A" }) })).toEqual([]);
  });
});
