import { type App, appOf } from "../../../src/policy/app.ts";
import { decide, decidePermission } from "../../../src/policy/decide.ts";
import type { Decision } from "../../../src/policy/decision.ts";
import type { Subject } from "../../../src/policy/subject.ts";
import { policyFrom } from "../../support/policy.ts";

const POLICY = policyFrom(`
g2, GET /orders, orders:list
g2, DELETE /orders/{orderId}, orders:delete
g2, GET /both, orders:list
g2, GET /both, reports:read
p, group:admins, *, allow
p, group:readers, reports:read, allow
p, group:suspended, orders:list, deny
p, client:worker, orders:list, allow
p3, client:web, *
p3, client:partner-app, orders:list, orders-api/orders.read
p3, client:both, orders:list
`);

const WEB: App = { client: "web", scopes: ["openid"] };
const PARTNER: App = { client: "partner-app", scopes: ["openid", "orders-api/orders.read"] };

function ask(app: App | undefined, route: string, ...subjects: Subject[]): Decision {
  const direct = subjects.length === 0 ? (["group:admins"] as const) : subjects;
  return decide(POLICY, {
    subjects: ["role:authenticated", ...direct],
    route,
    parameters: {},
    claims: {},
    app,
  });
}

const rows = ({ determining }: Decision) => determining.map(({ row }) => row);

describe("what an app may do on behalf of a user", () => {
  it("is everything of the user for an app that the policy trusts with everything", () => {
    const decision = ask(WEB, "DELETE /orders/{orderId}");
    expect(decision).toMatchObject({ effect: "allow", permission: "orders:delete", app: WEB });
    expect(rows(decision)).toEqual(["p, group:admins, *, allow", "p3, client:web, *"]);
  });

  it("is what its rows cover, and nothing else that the user may", () => {
    expect(ask(PARTNER, "GET /orders").effect).toBe("allow");
    expect(ask(PARTNER, "DELETE /orders/{orderId}")).toMatchObject({
      effect: "deny",
      reason: "app_not_allowed",
      determining: [],
      permission: undefined,
    });
  });

  it("needs the scope of the row in the token", () => {
    expect(ask({ ...PARTNER, scopes: ["openid"] }, "GET /orders").reason).toBe("app_not_allowed");
  });

  it("is nothing for an app without a row, and for a request that names no app", () => {
    expect(ask({ client: "other", scopes: [] }, "GET /orders").reason).toBe("app_not_allowed");
    expect(ask(undefined, "GET /orders").reason).toBe("app_not_allowed");
  });

  it("is never more than the user may", () => {
    expect(ask(WEB, "GET /orders", "group:readers").reason).toBe("nothing_granted");
  });

  it("needs one permission that is both granted to the user and covered for the app", () => {
    // The user may by `reports:read`, the app by `orders:list`: two answers, and no permission in common.
    const both: App = { client: "both", scopes: [] };
    expect(ask(both, "GET /both", "group:readers").reason).toBe("app_not_allowed");
    const decision = ask(both, "GET /both");
    expect(decision).toMatchObject({ effect: "allow", permission: "orders:list" });
    expect(rows(decision)).toEqual(["p, group:admins, *, allow", "p3, client:both, orders:list"]);
  });

  it("does not cut what a deny row closes", () => {
    const reports: App = { client: "web", scopes: [] };
    expect(ask(reports, "GET /both", "group:admins", "group:suspended").reason).toBe("denied_by_row");
    expect(ask(PARTNER, "GET /both", "group:admins", "group:suspended").reason).toBe("denied_by_row");
  });

  it("does not concern a machine", () => {
    const asked = { subjects: ["role:machine", "client:worker"] as const, parameters: {}, claims: {} };
    expect(decide(POLICY, { ...asked, route: "GET /orders" }).effect).toBe("allow");
  });

  it("also limits a single permission", () => {
    const asked = { subjects: ["group:admins"] as const, parameters: {}, claims: {} };
    expect(decidePermission(POLICY, { ...asked, app: PARTNER, permission: "orders:delete" }).reason).toBe(
      "app_not_allowed",
    );
    expect(decidePermission(POLICY, { ...asked, app: PARTNER, permission: "orders:list" }).effect).toBe(
      "allow",
    );
  });

  it("is not limited where the policy has no `p3` row", () => {
    const free = policyFrom("g2, GET /orders, orders:list\np, group:admins, *, allow");
    const asked = { subjects: ["group:admins"] as const, route: "GET /orders", parameters: {}, claims: {} };
    expect(decide(free, asked).effect).toBe("allow");
  });
});

describe("the app of a token", () => {
  it("is its client with its scopes for a user, and none for a machine", () => {
    const token = { client: "web", scopes: ["openid"] };
    expect(appOf({ kind: "user", ...token })).toEqual(token);
    expect(appOf({ kind: "machine", ...token })).toBeUndefined();
  });
});
