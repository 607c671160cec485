import { composeStack } from "../../../../src/tools/stack/compose.ts";

const PARAMETERS = new Map([
  ["httpApi", "true"],
  ["restApi", "true"],
  ["corsOrigins", "[]"],
]);

const NO_POLICY = { rows: [], groups: [], createsGroups: false, scopePrefix: "", poolAlias: "" };

const input = (machine: string) => ({
  service: "orders",
  stage: "dev",
  resources: {
    Conditions: { HasMachine: { "Fn::Equals": [machine, "true"] } },
    Resources: {
      WebClient: { Type: "AWS::Cognito::UserPoolClient", Properties: { LogoutURLs: "a,b" } },
      ReportingClient: { Type: "AWS::Cognito::UserPoolClient", Condition: "HasMachine" },
      Topic: { Type: "AWS::SNS::Topic", Condition: "HasMachine" },
    },
  },
  functions: {
    authorizer: { environment: { CLIENTS: { "Fn::If": ["HasMachine", "two", "one"] } } },
  },
  provider: { name: "aws" },
  custom: {},
});

describe("the stack of a stage", () => {
  it("has what the stage switched on, in resources as in functions", () => {
    expect(composeStack(input("true"), PARAMETERS, NO_POLICY)).toMatchObject({
      resources: {
        Resources: { ReportingClient: {}, WebClient: { Properties: { LogoutURLs: ["a", "b"] } } },
      },
      functions: { authorizer: { environment: { CLIENTS: "two" } } },
      clientsSwitchedOff: [],
    });
  });

  it("says which app clients it switched off, and of nothing else", () => {
    const stack = composeStack(input("false"), PARAMETERS, NO_POLICY);
    expect(stack.resources["Resources"]).toHaveProperty("WebClient");
    expect(
      Object.keys(stack.resources["Resources"] as object).filter((id) => /Reporting|Topic/.test(id)),
    ).toEqual([]);
    expect(stack.functions).toMatchObject({ authorizer: { environment: { CLIENTS: "one" } } });
    expect(stack.clientsSwitchedOff).toEqual(["ReportingClient"]);
  });
});
