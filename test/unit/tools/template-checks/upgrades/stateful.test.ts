import { readTemplate } from "../../../../../src/tools/cloudformation/template.ts";
import { replacedResources } from "../../../../../src/tools/template-checks/upgrades/replaced.ts";
import { pinOf, STATEFUL } from "../../../../../src/tools/template-checks/upgrades/stateful.ts";
import { appClient, lambda, ref, resource, userPool } from "../checking.ts";

const template = {
  Resources: {
    Pool: userPool(
      {
        UserPoolName: "x",
        UsernameAttributes: ["email"],
        UsernameConfiguration: { CaseSensitive: false },
        Schema: [{ Name: "plan" }],
      },
      { DeletionPolicy: "Retain" },
    ),
    Web: appClient({ GenerateSecret: false, ClientName: "web" }),
    Trigger: lambda(),
  },
};

describe("a pin", () => {
  it("holds what must not change, and no more", () => {
    expect(pinOf(readTemplate(template))).toEqual({
      Resources: {
        Pool: {
          Type: "AWS::Cognito::UserPool",
          DeletionPolicy: "Retain",
          Properties: {
            UsernameAttributes: ["email"],
            UsernameConfiguration: { CaseSensitive: false },
            Schema: [{ Name: "plan" }],
          },
        },
        Web: {
          Type: "AWS::Cognito::UserPoolClient",
          Properties: { UserPoolId: ref("Pool"), GenerateSecret: false },
        },
      },
    });
  });

  it("is as good as the template that it is of", () => {
    const pin = pinOf(readTemplate(template));
    expect(replacedResources(pin, template)).toEqual([]);
    const renamed = { Resources: { ...template.Resources, Web: appClient({ GenerateSecret: true }) } };
    expect(replacedResources(pin, renamed)).toEqual(replacedResources(template, renamed));
    expect(replacedResources(pin, renamed)).toHaveLength(1);
  });
});

it("every stateful type but the identity pool has a property that must not change", () => {
  const without = [...STATEFUL].filter(([, properties]) => properties.length === 0).map(([type]) => type);
  expect(without).toEqual(["AWS::Cognito::IdentityPool"]);
  expect(
    pinOf(readTemplate({ Resources: { I: resource("Cognito::IdentityPool", {}) } })).Resources,
  ).toHaveProperty("I");
});
