import type { DecisionRequest } from "../../../src/policy/decision.ts";
import { explain } from "../../../src/policy/explain.ts";
import type { Subject } from "../../../src/policy/subject.ts";
import { policyFrom, samplePolicy } from "../../support/policy.ts";

const policy = policyFrom(`
g2, GET /orders/{orderId}, orders:read
g2, GET /users/{userId}, users:read
g2, GET /health, public
g, group:support, role:support
g, group:staff, role:support
g, role:support, role:viewer
g, role:admin, role:viewer
p, role:viewer, orders:*, allow
p, role:customer, users:read, allow, {userId}=sub
p, role:support, users:read, allow
p, role:suspended, *, deny
g, group:customers, role:customer
g, user:u1, role:customer
`);

const ask = (subjects: Subject[], route: string | undefined, more: Partial<DecisionRequest> = {}) =>
  explain(policy, { subjects, route, parameters: {}, claims: {}, ...more });

describe("the explanation of an allow", () => {
  it("shows for each row how the request came to hold it", () => {
    const { decision, determining } = ask(["user:x", "group:support"], "GET /orders/{orderId}");
    expect(decision.effect).toBe("allow");
    expect(determining).toEqual([
      {
        row: expect.objectContaining({ row: "p, role:viewer, orders:*, allow", line: 9 }) as unknown,
        path: ["group:support", "role:support", "role:viewer"],
        permission: "orders:*",
      },
    ]);
  });

  it("takes the shortest way, and of several the first by name, whatever their order", () => {
    const route = "GET /orders/{orderId}";
    expect(ask(["group:support", "group:staff"], route).determining[0]?.path[0]).toBe("group:staff");
    expect(ask(["group:staff", "group:support", "role:admin"], route).determining[0]?.path).toEqual([
      "role:admin",
      "role:viewer",
    ]);
  });
});

describe("the explanation of a deny", () => {
  it("shows the denying row and what it overruled", () => {
    const { decision, determining, overruled, missing } = ask(
      ["group:support", "role:suspended"],
      "GET /orders/{orderId}",
    );
    expect(decision.reason).toBe("denied_by_row");
    expect(determining.map(({ row, path }) => [row.row, path])).toEqual([
      ["p, role:suspended, *, deny", ["role:suspended"]],
    ]);
    expect(overruled.map(({ row }) => row.row)).toEqual(["p, role:viewer, orders:*, allow"]);
    expect(missing).toEqual([]);
  });

  it("shows first the condition that did not hold, with its values, then who else could", () => {
    const { decision, missing } = ask(["user:u1"], "GET /users/{userId}", {
      parameters: { userId: "u2" },
      claims: { sub: "u1" },
    });
    expect(decision.reason).toBe("nothing_granted");
    expect(missing.map(({ row, because }) => [row.row, because])).toEqual([
      [
        "p, role:customer, users:read, allow, {userId}=sub",
        {
          kind: "condition",
          truth: "false",
          atoms: [{ text: "{userId}=sub", parameterValue: "u2", claimValue: "u1", truth: "false" }],
        },
      ],
      [
        "p, role:support, users:read, allow",
        { kind: "subject_not_held", subject: "role:support", heldBy: ["group:staff", "group:support"] },
      ],
    ]);
  });

  it("shows a missing claim as what it is", () => {
    const [first] = ask(["user:u1"], "GET /users/{userId}", { parameters: { userId: "u2" } }).missing;
    expect(first?.because).toMatchObject({
      kind: "condition",
      truth: "unknown",
      atoms: [{ claimValue: undefined }],
    });
  });

  it("of a route that is not declared suggests one that is", () => {
    const request = { subjects: [], route: undefined, parameters: {}, claims: {} };
    const explanation = explain(policy, request, "GET /order/{orderId}");
    expect(explanation.decision.reason).toBe("route_unknown");
    expect(explanation.didYouMean).toBe("GET /orders/{orderId}");
  });

  it("of a public route is that no permission opens it", () => {
    expect(ask(["group:support"], "GET /health")).toMatchObject({
      decision: { reason: "route_without_permission" },
      determining: [],
      missing: [],
    });
  });
});

it("an explanation never differs from the decision, on any route of the sample policy", () => {
  const sample = samplePolicy();
  for (const route of sample.routes.names) {
    for (const group of ["customers", "support", "trainees", "finance", "admins", "partners", "suspended"]) {
      const request = { subjects: [`group:${group}`] as Subject[], route, parameters: {}, claims: {} };
      const { decision, determining } = explain(sample, request);
      expect(determining.map(({ row }) => row)).toEqual(decision.determining);
      for (const { path } of determining) expect(path[0]).toBe(`group:${group}`);
    }
  }
});

describe("the row that is nearest to what was missing", () => {
  const shop = policyFrom(`
g2, POST /refunds, refunds:create
g2, GET /orders, orders:read
g2, DELETE /users/{userId}, users:delete
g, group:admins, role:admin
g, group:cashiers, role:cashier
g, group:clerks, role:clerk
g, role:cashier, role:clerk
p, client:batch, refunds:create, allow
p, role:admin, *, allow
p, role:cashier, refunds:create, allow
p, role:clerk, orders:read, allow
`);

  it("is of the subject that gives the least beside it, and that such a token can hold", () => {
    const nearest = (subjects: Subject[]) =>
      explain(shop, { subjects, route: "POST /refunds", parameters: {}, claims: {} }).missing.map(
        ({ row }) => row.row,
      );
    expect(nearest(["role:authenticated", "group:clerks"])).toEqual([
      "p, role:cashier, refunds:create, allow",
      "p, role:admin, *, allow",
      "p, client:batch, refunds:create, allow",
    ]);
    expect(nearest(["role:machine", "client:other"])[0]).toBe("p, client:batch, refunds:create, allow");
  });
});
