import { readTemplate } from "../../../../../src/tools/cloudformation/template.ts";
import { refusedBeforeBuild, warnedOf } from "../../../../../src/tools/template-checks/refused.ts";
import { appClient, foundBy } from "../checking.ts";

const found = (written: unknown) =>
  foundBy("client-writes", { Web: appClient({ WriteAttributes: written }) });

describe("client-writes", () => {
  it("finds custom attributes, and says what the marker is for", () => {
    expect(found(["email", "custom:tenant_id"])).toEqual([
      "Web.WriteAttributes: has `custom:tenant_id`: users could set it themselves, and so decide what depends on it",
    ]);
    expect(found(["custom:claimgate_assigned"])).toEqual([
      "Web.WriteAttributes: has `custom:claimgate_assigned`: a user who clears it gets back groups that an administrator removed",
    ]);
  });

  it("stops packaging for the marker alone, and warns where a list is missing and triggers write the marker", () => {
    const resources = (WriteAttributes?: readonly string[]) => ({
      Pool: {
        Type: "AWS::Cognito::UserPool",
        Properties: { LambdaConfig: { PostConfirmation: { "Fn::GetAtt": ["Post", "Arn"] } } },
      },
      Post: {
        Type: "AWS::Lambda::Function",
        Properties: { Environment: { Variables: { CLAIMGATE_POLICY_VERSION: "" } } },
      },
      Web: appClient({ UserPoolId: { Ref: "Pool" }, WriteAttributes }),
    });
    const template = (written?: readonly string[]) => readTemplate({ Resources: resources(written) });
    const ids = (findings: readonly { readonly id: string }[]) => findings.map(({ id }) => id);
    const stopped = (written?: readonly string[]) => ids(refusedBeforeBuild(template(written), new Map()));
    expect(stopped(["email", "custom:claimgate_assigned"])).toContain("client-writes");
    expect(stopped(["custom:tenant_id"])).not.toContain("client-writes");
    expect(stopped()).not.toContain("client-writes");
    expect(warnedOf(template(), new Map())).toMatchObject([{ id: "client-writes", severity: "warning" }]);
    expect(warnedOf(template([]), new Map())).toEqual([]);
  });

  it("wants a list", () => {
    expect(found(undefined)).toHaveLength(1);
    expect(found(["email", "name", "locale"])).toEqual([]);
    expect(found([])).toEqual([]);
  });
});
