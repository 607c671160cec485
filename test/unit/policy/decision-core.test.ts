import { ownText } from "../../../src/own-property.ts";
import { type Condition, evaluateCondition, parseCondition } from "../../../src/policy/condition.ts";
import { decide, decidePermission } from "../../../src/policy/decide.ts";
import { guardedRoutes } from "../../../src/policy/guarded-routes.ts";
import { conditionMatches } from "../../../src/policy/matching.ts";
import type { DecisionRow, Policy, RouteEntry } from "../../../src/policy/policy.ts";
import { REQUEST_REFUSALS } from "../../../src/policy/refusals.ts";
import { subjectsHeld } from "../../../src/policy/roles.ts";
import { splitPermission } from "../../../src/policy/split-permission.ts";
import { policyFrom } from "../../support/policy.ts";
import { thrownBy } from "../../support/thrown.ts";

const POLICY = policyFrom(`
g2, GET /orders, orders:list
g2, GET /both, one:read
g2, GET /both, two:read
g2, GET /users/{userId}, users:read
g2, GET /health, public
g2, $connect, connect:open
g, group:staff, role:a
p, role:a, orders:list, allow
p, role:a, one:read, allow
p, role:b, two:read, allow
p, role:c, orders:list, deny
p, role:d, users:read, allow, {userId}=sub&{tenant}=tenant_id
p, role:e, users:read, allow, {userId}=sub&{userId}!=client_id
`);
const ROUTE = { parameters: {}, claims: {} };

describe("a decision is whole", () => {
  test("on a route that is not declared: closed, with what the subjects hold", () => {
    expect(decide(POLICY, { ...ROUTE, route: undefined, subjects: ["role:z", "group:staff"] })).toEqual({
      effect: "deny",
      reason: "route_unknown",
      determining: [],
      permissions: [],
      permission: undefined,
      subjects: ["group:staff", "role:a", "role:z"],
      inputs: [],
      tenants: [],
      policyVersion: POLICY.version,
    });
  });

  test("where a deny wins over an allow: no permission is granted, and the subjects are sorted", () => {
    const decision = decide(POLICY, { ...ROUTE, route: "GET /orders", subjects: ["role:c", "role:a"] });
    expect(decision).toMatchObject({
      effect: "deny",
      reason: "denied_by_row",
      subjects: ["role:a", "role:c"],
    });
    expect(decision.permission).toBeUndefined();
    expect(decision.determining.map(({ row }) => row)).toEqual(["p, role:c, orders:list, deny"]);
  });

  test("where two rows allow two permissions of a route: the first permission is the one granted", () => {
    const subjects = ["role:a", "role:b"] as const;
    expect(decide(POLICY, { ...ROUTE, route: "GET /both", subjects: [...subjects] })).toMatchObject({
      permissions: ["one:read", "two:read"],
      permission: "one:read",
    });
  });

  test("with every value that a condition compared, once each and sorted", () => {
    const request = {
      route: "GET /users/{userId}",
      subjects: ["role:d", "role:e"] as const,
      parameters: { userId: "7" },
      claims: { sub: "7", tenant_id: 5 },
    };
    expect(decide(POLICY, { ...request, subjects: [...request.subjects] }).inputs).toEqual([
      { parameter: "tenant", claim: "tenant_id", parameterValue: undefined, claimValue: undefined },
      { parameter: "userId", claim: "client_id", parameterValue: "7", claimValue: undefined },
      { parameter: "userId", claim: "sub", parameterValue: "7", claimValue: "7" },
    ]);
  });

  test("about a permission alone, as a backend asks", () => {
    const asked = { ...ROUTE, subjects: ["group:staff"] as ["group:staff"] };
    expect(decidePermission(POLICY, { ...asked, permission: "one:read" })).toMatchObject({
      effect: "allow",
      permissions: ["one:read"],
      permission: "one:read",
    });
    expect(decidePermission(POLICY, { ...asked, permission: "two:read" }).effect).toBe("deny");
  });
});

describe("casbin and the index disagree: an error, never an allow", () => {
  const ask = (policy: Policy, subject: "role:a" | "role:d" = "role:a", route = "GET /orders") =>
    thrownBy(() => decide(policy, { ...ROUTE, route, subjects: [subject] }));
  const withEntry = (change: (entry: RouteEntry) => Partial<RouteEntry>): Policy => {
    const entry = POLICY.routeEntries.get("GET /orders");
    if (entry === undefined) throw new Error("not declared");
    return { ...POLICY, routeEntries: new Map([["GET /orders", { ...entry, ...change(entry) }]]) };
  };

  test("because the index offers a row of another subject", () => {
    const foreign = POLICY.decisionRows.filter(({ subject }) => subject === "role:b") as DecisionRow[];
    const policy = withEntry(() => ({ rows: [new Map([["role:a", foreign]])] }));
    expect(ask(policy)).toMatchObject({
      code: "policy_engine_disagrees",
      message: "casbin answers deny but the collected rows give allow for `orders:list`",
    });
  });

  test("because the index offers a row of another permission", () => {
    expect(ask(withEntry(() => ({ covering: new Set<string>() })))).toMatchObject({
      code: "policy_engine_disagrees",
    });
  });

  test("because the model lets an allow win", () => {
    const policy = { ...POLICY, model: POLICY.model.replaceAll(" && !some(where (p.eft == deny))", "") };
    const asked = { ...ROUTE, route: "GET /orders", subjects: ["role:a", "role:c"] as ["role:a", "role:c"] };
    expect(thrownBy(() => decide(policy, asked))).toMatchObject({
      code: "policy_engine_disagrees",
      message: "casbin answers allow but the collected rows give deny for `orders:list`",
    });
  });

  test("because casbin has a condition that the policy does not know", () => {
    const policy = { ...POLICY, conditions: new Map() };
    expect(ask(policy, "role:d", "GET /users/{userId}")).toMatchObject({
      code: "policy_engine_disagrees",
      message: "casbin has the unknown condition `{userId}=sub&{tenant}=tenant_id`",
    });
  });
});

describe("a condition", () => {
  test("is read as its comparisons", () => {
    expect(parseCondition("{a}=sub&{b-1}!=custom:team")).toEqual({
      condition: [
        { parameter: "a", claim: "sub", negated: false },
        { parameter: "b-1", claim: "custom:team", negated: true },
      ],
    });
    expect(parseCondition("max_age=300&max_age!=60&{a}=sub")).toEqual({
      condition: [
        { maxAge: 300, negated: false },
        { maxAge: 60, negated: true },
        { parameter: "a", claim: "sub", negated: false },
      ],
    });
    expect(parseCondition("{env}='dev'&{env}!='A.b_c~d-9'")).toEqual({
      condition: [
        { parameter: "env", literal: "dev", negated: false },
        { parameter: "env", literal: "A.b_c~d-9", negated: true },
      ],
    });
  });

  test.each([
    ["{a}=sub&b=c", 8, "b=c"],
    ["", 0, ""],
    ["{a}=sub&", 8, ""],
    ["{a}==sub", 0, "{a}==sub"],
    ["{a}=''", 0, "{a}=''"],
    ["max_age=0", 0, "max_age=0"],
    ["max_age=5m", 0, "max_age=5m"],
    ["max_age=0300", 0, "max_age=0300"],
    ["max_age=1000000000", 0, "max_age=1000000000"],
    ["max_age<300", 0, "max_age<300"],
    ["{a}=sub&max_age='300'", 8, "max_age='300'"],
    ["{a}='b c'", 0, "{a}='b c'"],
    ["{a}='b", 0, "{a}='b"],
    ["{a}='b'c", 0, "{a}='b'c"],
    ["'b'={a}", 0, "'b'={a}"],
    ["{a}='é'", 0, "{a}='é'"],
    ["{a}=sub&{a}='b&c'", 8, "{a}='b"],
  ])("%j is refused at column %i", (text, offset, part) => {
    expect(parseCondition(text)).toEqual({ offset, part });
  });

  const atom = (parameter: string, claim: string, negated = false) => ({ parameter, claim, negated });
  const quoted = (parameter: string, literal: string, negated = false) => ({ parameter, literal, negated });
  test.each<[string, Condition, string]>([
    ["both are equal", [atom("id", "sub")], "true"],
    ["they differ", [atom("id", "team")], "false"],
    ["they differ, as asked", [atom("id", "team", true)], "true"],
    ["they are equal, not as asked", [atom("id", "sub", true)], "false"],
    ["the parameter is missing", [atom("none", "sub")], "unknown"],
    ["the claim is missing", [atom("id", "none")], "unknown"],
    ["both are missing", [atom("none", "none")], "unknown"],
    ["the claim is a number", [atom("id", "age")], "unknown"],
    ["the parameter is inherited by every object", [atom("constructor", "sub")], "unknown"],
    ["one is unknown and a later one false", [atom("none", "sub"), atom("id", "team")], "false"],
    ["one is unknown and a later one true", [atom("none", "sub"), atom("id", "sub")], "unknown"],
    ["it has no comparison", [], "true"],
    ["the parameter is the literal", [quoted("id", "7")], "true"],
    ["the parameter is the literal, not as asked", [quoted("id", "7", true)], "false"],
    ["the parameter is another literal", [quoted("id", "8")], "false"],
    ["the literal is the name of a claim", [quoted("id", "sub")], "false"],
    ["the parameter of a literal is missing", [quoted("none", "7")], "unknown"],
    ["the parameter of a literal is missing, and asked to differ", [quoted("none", "7", true)], "unknown"],
  ])("where %s", (_case, condition, truth) => {
    const scope = { parameters: { id: "7" }, claims: { sub: "7", team: "x", age: 7 } };
    expect(evaluateCondition(condition, scope)).toBe(truth);
    expect(conditionMatches("allow", condition, scope)).toBe(truth === "true");
    expect(conditionMatches("deny", condition, scope)).toBe(truth !== "false");
  });

  test.each([
    ["recent", 700, 1_000, "true"],
    ["exactly as old as allowed, but for half a second", 700, 1_000.5, "false"],
    ["too old", 699, 1_000, "false"],
    ["ahead by less than clocks differ", 1_060, 1_000, "true"],
    ["ahead by more", 1_061, 1_000, "unknown"],
    ["missing", undefined, 1_000, "unknown"],
    ["at a request without a time", 700, undefined, "unknown"],
    ["not a number", Number.NaN, 1_000, "unknown"],
  ] as const)("of a sign-in that is %s", (_case, authTime, time, truth) => {
    const scope = { parameters: {}, claims: { auth_time: 1_000 }, authTime, time };
    const turned = { true: "false", false: "true", unknown: "unknown" } as const;
    expect(evaluateCondition([{ maxAge: 300, negated: false }], scope)).toBe(truth);
    expect(evaluateCondition([{ maxAge: 300, negated: true }], scope)).toBe(turned[truth]);
  });

  test("reads own strings only", () => {
    expect(ownText({ a: "x", b: 7 }, "a")).toBe("x");
    expect(ownText({ a: "x", b: 7 }, "b")).toBeUndefined();
    expect(ownText({}, "toString")).toBeUndefined();
  });
});

test("subjects are held with the roles that follow, sorted", () => {
  expect(subjectsHeld(POLICY, ["role:z", "group:staff"])).toEqual(["group:staff", "role:a", "role:z"]);
});

test("guarded are the path routes with a permission, sorted", () => {
  expect(guardedRoutes(POLICY)).toEqual(["GET /both", "GET /orders", "GET /users/{userId}"]);
});

test("four requests are refused regardless of the policy", () => {
  expect([...REQUEST_REFUSALS].sort()).toEqual([
    "answer_too_large",
    "request_arn_too_long",
    "request_domain_unlisted",
    "request_not_canonical",
  ]);
});

describe("a row of another casbin model", () => {
  const split = (...texts: readonly string[]) => {
    const fields = texts.map((text) => ({ text, column: 1, length: text.length }));
    const found = splitPermission(fields);
    return found && [found.permission, found.effect, found.last.text];
  };

  test.each<[readonly string[], ReturnType<typeof split>]>([
    [
      ["role:a", "orders", "read"],
      ["orders:read", "allow", "read"],
    ],
    [
      ["role:a", "orders", "Read", "deny"],
      ["orders:read", "deny", "deny"],
    ],
    [
      ["role:a", "orders", "get"],
      [undefined, "allow", "get"],
    ],
    [
      ["role:a", "orders", "POST", "allow"],
      [undefined, "allow", "allow"],
    ],
    [
      ["role:a", "orders", "delete"],
      ["orders:delete", "allow", "delete"],
    ],
    [["role:a", "orders"], undefined],
    [["role:a"], undefined],
    [[], undefined],
    [["role:a", "orders", "read", "allow", "more"], undefined],
    [["alice", "orders", "read"], undefined],
    [["role:", "orders", "read"], undefined],
    [["role:a", "orders", "read", "perhaps"], undefined],
    [["role:a", "orders:read", "allow"], undefined],
    [["role:a", "orders", "deny", "deny"], undefined],
    [["role:a", "or ders", "read"], undefined],
  ])("%j is read as %j", (texts, expected) => {
    expect(split(...texts)).toEqual(expected);
  });
});
