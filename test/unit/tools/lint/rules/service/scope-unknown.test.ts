import { scopeUnknown } from "../../../../../../src/tools/lint/rules/service/scope-unknown.ts";
import { found } from "./support.ts";

describe("scope-unknown", () => {
  const scopes = ["orders-api/reports.read"];

  it("finds a scope that no resource server has", () => {
    expect(found(scopeUnknown, "p, scope:orders-api/report.read, a:read, allow", { scopes })).toEqual([
      "policies/test.csv:1:4: no resource server has the scope `orders-api/report.read`, so no machine token can " +
        "contain it; did you mean `scope:orders-api/reports.read`?",
    ]);
    expect(found(scopeUnknown, "p, scope:openid, a:read, allow", { scopes })[0]).toContain(
      "; expected `IDENTIFIER/SCOPE` of a resource server",
    );
  });

  it("accepts scopes that exist, and all where they are not known", () => {
    expect(found(scopeUnknown, "p, scope:orders-api/reports.read, a:read, allow", { scopes })).toEqual([]);
    expect(found(scopeUnknown, "p, scope:any/thing, a:read, allow", { scopes: undefined })).toEqual([]);
  });
});
