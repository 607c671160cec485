import { printFinding } from "../../../../src/tools/findings/finding.ts";
import { checkTemplate } from "../../../../src/tools/template-checks/check-template.ts";
import { appClient } from "./checking.ts";

const context = { publicRoutes: new Set<string>(), keepsUsers: false };
const withNote = (...notes: readonly (readonly [id: string, reason: unknown])[]) => ({
  Resources: {
    Web: appClient(
      { UserPoolId: "us-east-1_EXAMPLE", WriteAttributes: ["custom:a"], GenerateSecret: true },
      notes.length === 0 ? {} : { Metadata: { "claimgate-ignore": Object.fromEntries(notes) } },
    ),
  },
});
const template = withNote();

function found(value: unknown): readonly string[] {
  return checkTemplate(value, context).findings.map(({ id }) => id);
}

describe("checkTemplate", () => {
  it("says which check found what, where, and what to do", () => {
    const [first] = checkTemplate(template, context).findings;
    expect(first && printFinding(first)).toBe(
      "Web.GenerateSecret: is true, but an app in a browser or on a phone cannot keep a secret; changing it replaces the client: create a second client, with another logical id [client-secret]",
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

describe("what is meant so", () => {
  it("is hidden by a note at its resource, with its reason, and told", () => {
    expect(found(template)).toEqual(["client-secret", "client-writes"]);
    const { findings, ignored } = checkTemplate(withNote(["client-secret", "a server keeps it"]), context);
    expect(findings.map(({ id }) => id)).toEqual(["client-writes"]);
    expect(ignored).toEqual([
      {
        id: "client-secret",
        place: { kind: "resource", resource: "Web", property: "GenerateSecret" },
        reason: "a server keeps it",
      },
    ]);
  });

  it.each([
    [
      ["client-secret", "because"],
      "row-note",
      "the reason for ignoring `client-secret` is missing or too short",
    ],
    [["client-secret", 7], "row-note", "the reason for ignoring `client-secret` is missing or too short"],
    [["client-secrets", "a server keeps it"], "row-note", "unknown rule `client-secrets`"],
    [
      ["open-route", "a server keeps it"],
      "row-note",
      "`open-route` was renamed to `route-without-authorizer`",
    ],
    [["iam-breadth", "a server keeps it"], "ignore-unused", "the resource has no finding of `iam-breadth`"],
  ] as const)("is not hidden by a note that cannot be followed: %j", (note, id, message) => {
    const { findings } = checkTemplate(withNote(note), context);
    expect(findings.map((one) => one.id)).toEqual(["client-secret", "client-writes", id]);
    expect(findings.at(-1)).toMatchObject({
      message,
      place: { resource: "Web", property: "Metadata.claimgate-ignore" },
    });
  });

  it("is hidden by a switch of lint.json, which says how much it hides", () => {
    const switches = new Map([
      ["client-secret", "servers keep it"],
      ["row-expired", "is not of a template"],
    ]);
    const { findings, switchedOff } = checkTemplate(template, context, switches);
    expect(findings.map(({ id }) => id)).toEqual(["client-writes"]);
    expect(switchedOff).toEqual([{ rule: "client-secret", reason: "servers keep it", hidden: 1 }]);
  });
});
