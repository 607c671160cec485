import { withOwnRoles, withRevocationList, withTracing } from "../../../../src/tools/stack/function-roles.ts";

const source = {
  functions: {
    preSignUp: { role: "PreSignUpRole" },
    orders: { handler: "x" },
    "nightly-job": {},
    foreign: { role: "arn:aws:iam::111122223333:role/x" },
  },
  resources: {
    PreSignUpRole: { Type: "AWS::IAM::Role", Properties: { Policies: [{ PolicyName: "logs" }] } },
  },
};

/** The statements of a role by policy. */
function policies(resources: Readonly<Record<string, unknown>>, role: string): unknown {
  const { Properties } = resources[role] as { Properties: { Policies: { PolicyName: string }[] } };
  return Properties.Policies.map(({ PolicyName }) => PolicyName);
}

describe("the roles of functions", () => {
  it("are one each for those that name none, which may write to the own log group and nothing else", () => {
    const { functions, resources } = withOwnRoles(source);
    expect(functions).toMatchObject({
      orders: { handler: "x", role: "OrdersRole" },
      "nightly-job": { role: "NightlyDashjobRole" },
    });
    expect(Object.keys(resources)).toEqual(["PreSignUpRole", "OrdersRole", "NightlyDashjobRole"]);
    expect(resources["OrdersRole"]).toMatchObject({
      Properties: {
        AssumeRolePolicyDocument: { Statement: [{ Principal: { Service: "lambda.amazonaws.com" } }] },
        Policies: [
          {
            PolicyDocument: {
              Statement: [
                {
                  Effect: "Allow",
                  Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
                  Resource: { "Fn::GetAtt": ["OrdersLogGroup", "Arn"] },
                },
              ],
            },
          },
        ],
      },
    });
  });

  it("stay as they are written where a function names one, or the stack has one of the name", () => {
    const written = { Type: "AWS::IAM::Role", Properties: { Description: "mine" } };
    const { functions, resources } = withOwnRoles({ ...source, resources: { OrdersRole: written } });
    expect(resources["OrdersRole"]).toBe(written);
    expect(functions).toMatchObject({ orders: { role: "OrdersRole" }, foreign: source.functions.foreign });
  });

  it("may send traces where the stage traces: in the role, which is all that a function waits for", () => {
    const { resources } = withTracing(withOwnRoles(source));
    expect(policies(resources, "OrdersRole")).toEqual(["logs", "tracing"]);
    expect(policies(resources, "PreSignUpRole")).toEqual(["logs", "tracing"]);
  });

  it("give no right to trace to a role that is not a function's", () => {
    const guest = { Type: "AWS::IAM::Role", Properties: {} };
    const { resources } = withTracing({ ...source, resources: { ...source.resources, GuestRole: guest } });
    expect(resources["GuestRole"]).toEqual(guest);
  });

  it("may read the revocation list by its keys where the function is told of it, and nobody else may", () => {
    const environment = { CLAIMGATE_REVOCATION_TABLE: { Ref: "RevocationTable" } };
    const { resources } = withRevocationList(
      withOwnRoles({ ...source, functions: { ...source.functions, authorizer: { environment } } }),
    );
    expect(policies(resources, "AuthorizerRole")).toEqual(["logs", "revocation-list"]);
    expect(policies(resources, "OrdersRole")).toEqual(["logs"]);
    expect(policies(resources, "PreSignUpRole")).toEqual(["logs"]);
    expect(JSON.stringify(resources["AuthorizerRole"])).toContain(
      '"Action":"dynamodb:BatchGetItem","Resource":{"Fn::GetAtt":["RevocationTable","Arn"]}',
    );
  });
});
