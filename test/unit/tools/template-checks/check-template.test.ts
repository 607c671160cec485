import { printTemplateFinding } from "../../../../src/tools/template-checks/check.ts";
import { checkTemplate } from "../../../../src/tools/template-checks/check-template.ts";
import { EXCEPTIONS } from "../../../../src/tools/template-checks/exceptions.ts";
import { appClient } from "./checking.ts";

const context = { publicRoutes: new Set<string>(), keepsUsers: false };
const template = {
  Resources: {
    Web: appClient({ UserPoolId: "us-east-1_EXAMPLE", WriteAttributes: ["custom:a"], GenerateSecret: true }),
  },
};
const exception = { check: "client-secret", resource: "Web", property: "", reason: "a server keeps it" };

function found(value: unknown, ...exceptions: readonly (typeof exception)[]): readonly string[] {
  return checkTemplate(value, context, exceptions).findings.map(({ check }) => check);
}

describe("checkTemplate", () => {
  it("says which check found what, where, and what to do", () => {
    const [first] = checkTemplate(template, context, []).findings;
    expect(first && printTemplateFinding(first)).toBe(
      "Web.GenerateSecret: is true, but what runs in a browser or on a phone can keep no secret (client-secret); changing it replaces the client: make a second client, with another logical id",
    );
  });

  it("finds nothing in an empty template", () => {
    expect(found({ Resources: {} })).toEqual([]);
  });

  it.each([undefined, null, 7, "text", [], {}, { Resources: [] }, { Resources: "x" }])(
    "refuses %j",
    (value) => {
      expect(() => found(value)).toThrow(
        /not a CloudFormation template: expected a JSON object with `Resources`/,
      );
    },
  );

  it("refuses a resource without a type, by name", () => {
    expect(() => found({ Resources: { Web: {} } })).toThrow("resource `Web` has no Type");
  });

  it("takes properties of the wrong shape without falling over", () => {
    const shapes = [null, 7, "text", [], [null], { a: null }];
    for (const shape of shapes) {
      for (const type of [
        "UserPool",
        "UserPoolClient",
        "IdentityPoolRoleAttachment",
        "UserPoolIdentityProvider",
      ]) {
        const keys = [
          "LambdaConfig",
          "Schema",
          "CallbackURLs",
          "AllowedOAuthFlows",
          "Roles",
          "RoleMappings",
          "ProviderDetails",
        ];
        const properties = Object.fromEntries(keys.map((key) => [key, shape]));
        expect(() =>
          found({ Resources: { It: { Type: `AWS::Cognito::${type}`, Properties: properties } } }),
        ).not.toThrow();
      }
      expect(() =>
        found({ Resources: { It: { Type: "AWS::IAM::Role", Properties: { Policies: shape } } } }),
      ).not.toThrow();
      expect(() =>
        found({ Resources: { It: { Type: "AWS::Lambda::Function", Properties: shape } } }),
      ).not.toThrow();
    }
  });
});

describe("an exception", () => {
  it("takes the one finding away that it names, and tells that it did", () => {
    expect(found(template)).toEqual(["client-secret", "client-writes"]);
    expect(found(template, exception)).toEqual(["client-writes"]);
    const { excepted } = checkTemplate(template, context, [exception]);
    expect(excepted.map((one) => [one.finding.check, one.exception])).toEqual([["client-secret", exception]]);
  });

  it("covers a property and what is in it, and nothing beside it", () => {
    const writes = { ...exception, check: "client-writes" };
    expect(found(template, { ...writes, property: "WriteAttributes" })).toEqual(["client-secret"]);
    expect(found(template, { ...writes, property: "Write" })).toEqual(["client-secret", "client-writes"]);
    expect(found(template, { ...writes, resource: "Other" })).toEqual(["client-secret", "client-writes"]);
  });

  it("has a reason, each that is shipped", () => {
    for (const { reason } of EXCEPTIONS) expect(reason).toMatch(/\w+ \w+ \w+/);
  });
});
