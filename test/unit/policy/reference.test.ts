import { referenceDecide } from "../../../src/policy/reference.ts";

// The judge of the property tests, judged by hand.
const ROWS = [
  ["g", "group:staff", "role:clerk"],
  ["g", "role:clerk", "role:viewer"],
  ["g", "role:viewer", "role:clerk"],
  ["g2", "GET /orders", "orders:list"],
  ["g2", "GET /health", "public"],
  ["g2", "GET /users/{userId}", "users:read"],
  ["g2", "GET /both", "a:x"],
  ["g2", "GET /both", "b:x"],
  ["p", "role:viewer", "orders:list", "allow"],
  ["p", "role:all", "*", "allow"],
  ["p", "role:resource", "orders:*", "allow"],
  ["p", "role:suspended", "orders:*", "deny"],
  ["p", "role:other", "orders:read", "allow"],
  ["p", "role:public", "public", "allow"],
  ["p", "role:own", "users:read", "allow", "{userId}=sub"],
  ["p", "role:two", "users:read", "allow", "{userId}=sub&{tenant}=tenant"],
  ["p", "role:others", "users:read", "allow", "{userId}!=sub"],
  ["p", "role:barred", "users:read", "deny", "{userId}=sub"],
];
const USERS = "GET /users/{userId}";
const VIEWER = "p, role:viewer, orders:list, allow";

const ask = (subjects: string[], route: string | undefined, values: object = {}) =>
  referenceDecide(ROWS, { subjects, route, parameters: {}, claims: {}, ...values });

it.each<[what: string, subjects: string[], route: string | undefined, effect: string, rows: string[]]>([
  ["a role of a role", ["group:staff"], "GET /orders", "allow", [VIEWER]],
  ["the subject itself", ["role:viewer"], "GET /orders", "allow", [VIEWER]],
  ["every permission", ["role:all"], "GET /orders", "allow", ["p, role:all, *, allow"]],
  ["a resource", ["role:resource"], "GET /orders", "allow", ["p, role:resource, orders:*, allow"]],
  [
    "several rows, sorted",
    ["role:viewer", "role:all"],
    "GET /orders",
    "allow",
    ["p, role:all, *, allow", VIEWER],
  ],
  [
    "a deny, which wins",
    ["role:viewer", "role:suspended"],
    "GET /orders",
    "deny",
    ["p, role:suspended, orders:*, deny"],
  ],
  ["another permission", ["role:other"], "GET /orders", "deny", []],
  ["another subject", ["user:u1"], "GET /orders", "deny", []],
  ["another route", ["role:viewer"], "GET /both", "deny", []],
  ["a route that is not declared", ["role:all"], "GET /none", "deny", []],
  ["no route", ["role:all"], undefined, "deny", []],
  ["a public route", ["role:all", "role:public"], "GET /health", "deny", []],
])("%s", (_what, subjects, route, effect, determining) => {
  expect(ask(subjects, route)).toEqual({ effect, determining });
});

it.each<[role: string, parameters: object, claims: object, effect: string, rows: number]>([
  ["own", { userId: "1" }, { sub: "1" }, "allow", 1],
  ["own", { userId: "1" }, { sub: "2" }, "deny", 0],
  ["own", {}, { sub: "1" }, "deny", 0],
  ["own", { userId: "1" }, {}, "deny", 0],
  ["own", { userId: 1 }, { sub: 1 }, "deny", 0],
  ["others", { userId: "1" }, { sub: "2" }, "allow", 1],
  ["others", { userId: "1" }, { sub: "1" }, "deny", 0],
  ["others", Object.create({ userId: "1" }) as object, { sub: "2" }, "deny", 0],
  ["others", { userId: "1" }, Object.create({ sub: "2" }) as object, "deny", 0],
  ["two", { userId: "1", tenant: "t" }, { sub: "1", tenant: "t" }, "allow", 1],
  ["two", { userId: "1" }, { sub: "1", tenant: "t" }, "deny", 0],
  ["two", { userId: "1", tenant: "t" }, { sub: "2", tenant: "t" }, "deny", 0],
])("the condition of role:%s with %j and %j: %s", (role, parameters, claims, effect, rows) => {
  const decision = ask([`role:${role}`], USERS, { parameters, claims });
  expect([decision.effect, decision.determining.length]).toEqual([effect, rows]);
});

it.each([
  [{ userId: "1" }, "deny"],
  [{ userId: "2" }, "allow"],
  [{}, "deny"],
])("a deny holds with an unknown condition, and not with a false one: %j", (parameters, effect) => {
  expect(ask(["role:barred", "role:all"], USERS, { parameters, claims: { sub: "1" } }).effect).toBe(effect);
});
