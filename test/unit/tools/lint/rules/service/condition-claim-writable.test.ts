import { conditionClaimWritable } from "../../../../../../src/tools/lint/rules/service/condition-claim-writable.ts";
import { found, serviceWith } from "../../linting.ts";

function service(writeAttributes: readonly string[] | undefined) {
  return serviceWith({
    copiedClaims: new Map([["tenant_id", "custom:tenant_id"]]),
    clients: [{ name: "web", writeAttributes, scopes: [] }],
  });
}

const LINES = ["g2, GET /t/{t}, t:read", "p, role:a, t:read, allow, {t}=tenant_id"];

describe("condition-claim-writable", () => {
  it("finds a claim whose attribute an app client lists", () => {
    expect(found(conditionClaimWritable, LINES, service(["email", "custom:tenant_id"]))).toEqual([
      "2:31: the claim `tenant_id` is copied from `custom:tenant_id`, which users of the app client `web` may write; remove `custom:tenant_id` from the app client's `WriteAttributes` in serverless.yml",
    ]);
  });

  it("finds a client without a list", () => {
    expect(found(conditionClaimWritable, LINES, service(undefined))).toEqual([
      "2:31: the claim `tenant_id` is copied from `custom:tenant_id`, which users of the app client `web` may write; give the app client a `WriteAttributes` list without `custom:tenant_id` in serverless.yml",
    ]);
  });

  it("accepts what no client may write, what Cognito sets, and says nothing without a service", () => {
    expect(found(conditionClaimWritable, LINES, service(["email"]))).toEqual([]);
    expect(
      found(
        conditionClaimWritable,
        [LINES[0] ?? "", "p, role:a, t:read, allow, {t}=sub"],
        service(undefined),
      ),
    ).toEqual([]);
    expect(found(conditionClaimWritable, LINES)).toEqual([]);
  });
});
