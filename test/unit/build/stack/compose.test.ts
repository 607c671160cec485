import { composeStack } from "../../../../src/build/stack/compose.ts";

const input = (machine: string) => ({
  resources: {
    Conditions: { HasMachine: { "Fn::Equals": [machine, "true"] } },
    Resources: {
      WebClient: { Type: "AWS::Cognito::UserPoolClient", Properties: { IdTokenValidity: "5" } },
      ReportingClient: { Type: "AWS::Cognito::UserPoolClient", Condition: "HasMachine" },
      Topic: { Type: "AWS::SNS::Topic", Condition: "HasMachine" },
    },
  },
  functions: {
    authorizer: { environment: { CLIENTS: { "Fn::If": ["HasMachine", "two", "one"] } } },
  },
  provider: { name: "aws" },
});

describe("the stack of a stage", () => {
  it("has what the stage switched on, in resources as in functions", () => {
    expect(composeStack(input("true"))).toMatchObject({
      resources: { Resources: { ReportingClient: {}, WebClient: { Properties: { IdTokenValidity: 5 } } } },
      functions: { authorizer: { environment: { CLIENTS: "two" } } },
      clientsSwitchedOff: [],
    });
  });

  it("says which app clients it switched off, and of nothing else", () => {
    const stack = composeStack(input("false"));
    expect(Object.keys(stack.resources["Resources"] as object)).toEqual(["WebClient"]);
    expect(stack.functions).toEqual({ authorizer: { environment: { CLIENTS: "one" } } });
    expect(stack.clientsSwitchedOff).toEqual(["ReportingClient"]);
  });
});
