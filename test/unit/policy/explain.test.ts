import type { DecisionRequest } from "../../../src/policy/decision.ts";
import { explain, explainPermission } from "../../../src/policy/explain.ts";
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

describe("an explanation of a sign-in that is too old", () => {
  const policy = policyFrom(`
p, group:finance, payments:approve, allow, max_age=300
p, group:finance, payments:approve, allow, max_age=60
p, role:authenticated, payments:approve, deny, max_age!=600
g2, POST /payments, payments:approve
`);
  const asked = (subjects: readonly Subject[], age: number | undefined) =>
    explain(policy, {
      subjects,
      route: "POST /payments",
      parameters: {},
      claims: {},
      time: 1_000_000,
      authTime: age === undefined ? undefined : 1_000_000 - age,
    });

  it("says how old one may be, where a new sign-in opens the route", () => {
    const user: readonly Subject[] = ["role:authenticated", "group:finance"];
    expect(asked(user, 301)).toMatchObject({ effect: "deny", acceptedAge: 300 });
    expect(asked(user, 9_999)).toMatchObject({ effect: "deny", acceptedAge: 300 });
    expect(asked(user, undefined)).toMatchObject({ effect: "deny", acceptedAge: 300 });
    expect(asked(user, 299)).toMatchObject({ effect: "allow", acceptedAge: undefined });
    expect(asked(user, 301).decision.inputs).toEqual([
      {
        parameter: undefined,
        claim: "auth_time",
        parameterValue: undefined,
        claimValue: "999699",
        time: 1_000_000,
      },
    ]);
  });

  it("says nothing of it where a new sign-in would not help", () => {
    expect(asked(["role:authenticated"], 9_999)).toMatchObject({ effect: "deny", acceptedAge: undefined });
    expect(asked(["role:machine", "group:finance"], undefined)).toMatchObject({ acceptedAge: undefined });
  });
});

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

  it("misses nothing, although others could be granted it too", () => {
    expect(ask(["group:support"], "GET /users/{userId}").missing).toEqual([]);
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
      effect: "allow",
      decision: { effect: "deny", reason: "route_without_permission" },
      determining: [],
      missing: [],
      didYouMean: undefined,
    });
  });

  it("overrules only rows that would have allowed", () => {
    const overruledFor = (subjects: Subject[], more: Partial<DecisionRequest> = {}) =>
      ask(["role:suspended", ...subjects], "GET /users/{userId}", more).overruled.map(({ row }) => row.row);
    expect(overruledFor(["role:customer"])).toEqual([]);
    expect(overruledFor([])).toEqual([]);
    expect(overruledFor(["role:customer"], { parameters: { userId: "1" }, claims: { sub: "1" } })).toEqual([
      "p, role:customer, users:read, allow, {userId}=sub",
    ]);
    expect(ask(["role:viewer"], "GET /orders/{orderId}").overruled).toEqual([]);
  });

  it("suggests nothing for a route that is declared, nor where none was asked for", () => {
    const request = { subjects: [], parameters: {}, claims: {} };
    expect(explain(policy, { ...request, route: "GET /order/{orderId}" }).didYouMean).toBe(
      "GET /orders/{orderId}",
    );
    expect(explain(policy, { ...request, route: undefined }).didYouMean).toBeUndefined();
    expect(
      explain(policy, { ...request, route: "GET /users/{userId}" }, "GET /order/{orderId}").didYouMean,
    ).toBeUndefined();
  });

  it("misses no deny row, and no row of another permission", () => {
    const rows = ask(["role:customer"], "GET /orders/{orderId}").missing.map(({ row }) => row.row);
    expect(rows).toEqual(["p, role:viewer, orders:*, allow"]);
  });
});

describe("the explanation of a permission", () => {
  const explained = (subjects: Subject[], permission: string) =>
    explainPermission(policy, { subjects, permission, parameters: {}, claims: {} });

  it("has the rows and how they are held", () => {
    expect(explained(["group:staff"], "orders:read")).toMatchObject({
      effect: "allow",
      decision: { permission: "orders:read" },
      determining: [{ path: ["group:staff", "role:support", "role:viewer"], permission: "orders:*" }],
      missing: [],
    });
  });

  it("has what is missing, and no suggestion", () => {
    expect(explained(["group:staff"], "order:read")).toMatchObject({
      effect: "deny",
      determining: [],
      missing: [],
      didYouMean: undefined,
    });
    expect(explained([], "users:read").missing.map(({ row }) => row.row)).toEqual([
      "p, role:customer, users:read, allow, {userId}=sub",
      "p, role:support, users:read, allow",
    ]);
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

  it("is of the subject that grants least otherwise, and that such a token can contain", () => {
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

  const missingFor = (rows: string, subjects: Subject[], request: Partial<DecisionRequest> = {}) =>
    explain(policyFrom(`g2, POST /refunds, refunds:create\n${rows}`), {
      subjects,
      route: "POST /refunds",
      parameters: {},
      claims: {},
      ...request,
    }).missing;
  const names = (rows: string, subjects: Subject[]) =>
    missingFor(rows, subjects).map(({ row }) => row.row.split(", ")[1]);

  it("is of a held subject, whatever its comparisons, before all others", () => {
    const rows =
      "p, role:a, refunds:create, allow\np, role:b, refunds:create, allow, {id}!=sub&{team}=team\ng, group:a, role:a";
    const [first, second] = missingFor(rows, ["role:b"], { parameters: { id: "1" }, claims: { sub: "1" } });
    expect(first?.because).toEqual({
      kind: "condition",
      truth: "false",
      atoms: [
        { text: "{id}!=sub", parameterValue: "1", claimValue: "1", truth: "false" },
        { text: "{team}=team", parameterValue: undefined, claimValue: undefined, truth: "unknown" },
      ],
    });
    expect(second?.because).toMatchObject({ kind: "subject_not_held", subject: "role:a" });
  });

  it("is not of a subject that opens more: routes of its roles count, those held already do not", () => {
    const routes = ["a", "b", "c"].map((name) => `g2, GET /${name}, ${name}:read\n`).join("");
    const rows = `${routes}
g, group:one, role:one
g, group:two, role:two
g, group:three, role:three
g, role:two, role:extra
p, role:one, refunds:create, allow
p, role:one, a:read, deny
p, role:one, none:read, allow
p, role:two, refunds:create, allow
p, role:extra, a:read, allow
p, role:three, refunds:create, allow
p, role:three, b:*, allow
p, role:three, c:read, allow
p, group:held, b:read, allow
p, group:held, c:read, allow`;
    expect(names(rows, ["group:other"])).toEqual(["role:one", "role:two", "role:three"]);
    expect(names(rows, ["group:held"])).toEqual(["role:one", "role:three", "role:two"]);
  });

  it("is of what a token of its kind can hold: a user no client or scope, a machine no group or user", () => {
    const rows = `
g, group:x, role:users
g, scope:x, role:machines
p, client:c, refunds:create, allow
p, group:g, refunds:create, allow
p, role:machines, refunds:create, allow
p, role:nobody, refunds:create, allow
p, role:users, refunds:create, allow
p, scope:group:s, refunds:create, allow
p, scope:s, refunds:create, allow
p, user:client:u, refunds:create, allow
p, user:u, refunds:create, allow`;
    expect(names(rows, ["role:authenticated"])).toEqual([
      "group:g",
      "role:users",
      "user:client:u",
      "user:u",
      "client:c",
      "role:machines",
      "role:nobody",
      "scope:group:s",
      "scope:s",
    ]);
    expect(names(rows, ["role:machine"])).toEqual([
      "client:c",
      "role:machines",
      "scope:group:s",
      "scope:s",
      "group:g",
      "role:nobody",
      "role:users",
      "user:client:u",
      "user:u",
    ]);
  });

  it("names the members that lead to its subject, sorted and without roles", () => {
    const rows = `
g, user:z, role:a
g, "group:y,y", role:a
g, group:x, role:b
g, role:b, role:a
g, group:other, role:other
p, role:a, refunds:create, allow`;
    expect(missingFor(rows, [])).toEqual([
      {
        row: expect.objectContaining({ row: "p, role:a, refunds:create, allow" }) as unknown,
        because: { kind: "subject_not_held", subject: "role:a", heldBy: ["group:x", "group:y,y", "user:z"] },
      },
    ]);
  });
});
