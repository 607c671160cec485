import { appScopeNotGranted } from "../../../../../../src/tools/lint/rules/service/app-scope-not-granted.ts";
import { found } from "./support.ts";

const client = (scopes: readonly string[], hasKnownScopes = true) => ({
  clients: [{ name: "partner-app", writeAttributes: [], scopes, hasKnownScopes }],
});
const ROW = "p3, client:partner-app, orders:read, orders-api/read";

describe("app-scope-not-granted", () => {
  it("finds a scope that the app client cannot request", () => {
    expect(found(appScopeNotGranted, ROW, client(["openid"]))).toEqual([
      "policies/test.csv:1:38: the app client `partner-app` cannot request the scope `orders-api/read`, so the row never counts; " +
        "add it to `AllowedOAuthScopes` of the app client, or use one of openid",
    ]);
  });

  it("accepts a scope that it can request, and a row without a scope", () => {
    expect(found(appScopeNotGranted, ROW, client(["openid", "orders-api/read"]))).toEqual([]);
    expect(found(appScopeNotGranted, "p3, client:partner-app, orders:read", client(["openid"]))).toEqual([]);
  });

  it("is silent where not all scopes or not the client are known", () => {
    expect(found(appScopeNotGranted, ROW, client(["openid"], false))).toEqual([]);
    expect(found(appScopeNotGranted, ROW, { clients: [] })).toEqual([]);
  });
});
