import { appScopeUnlimited } from "../../../../../../src/tools/lint/rules/service/app-scope-unlimited.ts";
import { found } from "./support.ts";

const client = (flow: string, ...scopes: readonly string[]) => ({
  scopes: ["orders-api/read"],
  clients: [{ name: "partner-app", writeAttributes: [], scopes, flows: [flow] }],
});

describe("app-scope-unlimited", () => {
  it("finds an app of users with a scope of the API that limits nothing", () => {
    expect(found(appScopeUnlimited, "", client("code", "openid", "orders-api/read"))).toEqual([
      "serverless.yml:1:1: the app client `partner-app` has the scope `orders-api/read`, but no `p3` row limits apps, so it may do everything that its users may; " +
        "add `p3, client:partner-app, PERMISSION, orders-api/read` and a row for each of your other apps, or remove the scope",
    ]);
  });

  it("accepts it where `p3` rows limit apps, scopes of Cognito itself, and machines", () => {
    expect(found(appScopeUnlimited, "p3, client:web, *", client("code", "orders-api/read"))).toEqual([]);
    expect(found(appScopeUnlimited, "", client("code", "openid"))).toEqual([]);
    expect(found(appScopeUnlimited, "", client("client_credentials", "orders-api/read"))).toEqual([]);
  });
});
