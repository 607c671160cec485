import { decide } from "../../../src/policy/decide.ts";
import type { Decision, DecisionRequest } from "../../../src/policy/decision.ts";
import type { Subject } from "../../../src/policy/subject.ts";
import { policyFrom } from "../../support/policy.ts";

const ROUTES = `
g2, GET /orders, orders:list
g2, GET /orders/{orderId}, orders:read
g2, GET /users/{userId}, users:read
g2, GET /both, one:read
g2, GET /both, two:read
g2, GET /health, public
`;

function ask(csv: string, subjects: Subject[], request: Partial<DecisionRequest> = {}): Decision {
  const defaults = { route: "GET /orders", parameters: {}, claims: {} };
  return decide(policyFrom(ROUTES + csv), { ...defaults, subjects, ...request });
}

const lines = (decision: Decision) => decision.determining.map(({ row }) => row);

describe("a decision", () => {
  it("allows what a row of the subject allows, and names the row, its place and the permission", () => {
    const decision = ask("p, role:a, orders:list, allow", ["role:a"]);
    expect(decision).toMatchObject({
      effect: "allow",
      reason: "allowed_by_row",
      permission: "orders:list",
      permissions: ["orders:list"],
      determining: [{ file: "policies/test.csv", line: 8, row: "p, role:a, orders:list, allow" }],
    });
    expect(decision.determining[0]?.digest).toMatch(/^[0-9a-f]{16}$/);
  });

  it("denies when nothing is granted", () => {
    const decision = ask("p, role:a, orders:list, allow", ["role:b"]);
    expect(decision).toMatchObject({ effect: "deny", reason: "nothing_granted", determining: [] });
    expect(decision.permission).toBeUndefined();
  });

  it("lets a deny win over any number of allows, and names only the denies", () => {
    const csv = "p, role:a, orders:list, allow\np, role:b, *, allow\np, group:x, orders:*, deny";
    const decision = ask(csv, ["role:a", "role:b", "group:x"]);
    expect(decision).toMatchObject({ effect: "deny", reason: "denied_by_row" });
    expect(lines(decision)).toEqual(["p, group:x, orders:*, deny"]);
  });

  it("names every allowing row, in canonical order whatever their order in the file", () => {
    const csv = "p, role:b, orders:*, allow\np, role:a, *, allow\np, role:a, orders:list, allow";
    expect(lines(ask(csv, ["role:a", "role:b"]))).toEqual([
      "p, role:a, *, allow",
      "p, role:a, orders:list, allow",
      "p, role:b, orders:*, allow",
    ]);
  });

  it("compares a parameter with a literal, as it is", () => {
    const csv =
      "p, role:a, users:read, allow, {userId}='me'\np, role:b, users:read, deny, {userId}!='me'\np, role:b, *, allow";
    const asked = (userId: string | undefined, subject: Subject) =>
      ask(csv, [subject], {
        route: "GET /users/{userId}",
        parameters: userId === undefined ? {} : { userId },
      });
    expect(asked("me", "role:a")).toMatchObject({
      effect: "allow",
      inputs: [{ parameter: "userId", literal: "me", parameterValue: "me", claimValue: undefined }],
    });
    expect(["Me", "you", "", undefined].map((userId) => asked(userId, "role:a").effect)).toEqual(
      Array(4).fill("deny"),
    );
    expect(["me", "Me", "", undefined].map((userId) => asked(userId, "role:b").effect)).toEqual([
      ...["allow", "deny", "deny", "deny"],
    ]);
  });

  it("lets `*:read` cover one action of every resource", () => {
    const csv = "p, role:a, *:read, allow\np, role:b, *, allow\np, role:b, *:read, deny";
    const asked = (route: string, subject: Subject) => ask(csv, [subject], { route }).effect;
    expect(asked("GET /users/{userId}", "role:a")).toBe("allow");
    expect(asked("GET /orders/{orderId}", "role:a")).toBe("allow");
    expect(asked("GET /orders", "role:a")).toBe("deny");
    expect(asked("GET /orders", "role:b")).toBe("allow");
    expect(asked("GET /both", "role:b")).toBe("deny");
  });

  it("follows roles through roles, and more than ten of them", () => {
    const chain = Array.from({ length: 30 }, (_, i) => `g, role:r${i}, role:r${i + 1}`).join("\n");
    const csv = `g, group:g, role:r0\n${chain}\np, role:r30, orders:list, allow`;
    expect(ask(csv, ["group:g"]).effect).toBe("allow");
  });

  it("survives roles in a circle", () => {
    const csv = "g, role:a, role:b\ng, role:b, role:a\np, role:b, orders:list, allow";
    expect(ask(csv, ["role:a"]).effect).toBe("allow");
  });

  it("denies a route that the policy does not declare to every caller", () => {
    const csv = "p, role:a, *, allow";
    expect(ask(csv, ["role:a"], { route: "GET /other" })).toMatchObject({
      effect: "deny",
      reason: "route_unknown",
    });
    expect(ask(csv, ["role:a"], { route: undefined })).toMatchObject({
      effect: "deny",
      reason: "route_unknown",
    });
  });

  it("denies a public route that has an authorizer: no permission opens it", () => {
    const decision = ask("p, role:a, *, allow", ["role:a"], { route: "GET /health" });
    expect(decision).toMatchObject({ effect: "deny", reason: "route_without_permission" });
  });

  it("opens a route by any of its permissions, and closes it by a deny of any", () => {
    const route = { route: "GET /both" };
    expect(ask("p, role:a, two:read, allow", ["role:a"], route)).toMatchObject({
      effect: "allow",
      permission: "two:read",
      permissions: ["one:read", "two:read"],
    });
    expect(ask("p, role:a, two:read, allow\np, role:a, one:*, deny", ["role:a"], route).effect).toBe("deny");
  });

  it("does not take a resource's name for the beginning of another's", () => {
    expect(ask("p, role:a, order:*, allow", ["role:a"]).effect).toBe("deny");
  });
});

describe("a condition", () => {
  const allow = "p, role:a, users:read, allow, {userId}=sub";
  const deny = "p, role:a, users:read, allow\np, role:a, users:read, deny, {userId}!=sub";
  const request = (parameters: Record<string, string>, claims: Record<string, unknown>) => ({
    route: "GET /users/{userId}",
    parameters,
    claims,
  });

  it.each([
    ["true", { userId: "u1" }, { sub: "u1" }, "allow", "allow"],
    ["false", { userId: "u1" }, { sub: "u2" }, "deny", "deny"],
    ["unknown: no claim", { userId: "u1" }, {}, "deny", "deny"],
    ["unknown: no parameter", {}, { sub: "u1" }, "deny", "deny"],
    ["unknown: a claim that is no string", { userId: "1" }, { sub: 1 }, "deny", "deny"],
    ["unknown: a list of one equal string", { userId: "u1" }, { sub: ["u1"] }, "deny", "deny"],
    ["true of empty strings", { userId: "" }, { sub: "" }, "allow", "allow"],
  ])("that is %s", (_truth, parameters, claims, allowing, denying) => {
    const scope = request(parameters as Record<string, string>, claims);
    expect(ask(allow, ["role:a"], scope).effect).toBe(allowing);
    expect(ask(deny, ["role:a"], scope).effect).toBe(denying);
  });

  it("reads nothing from a prototype", () => {
    const claims = Object.create({ sub: "u1" }) as Record<string, unknown>;
    expect(ask(allow, ["role:a"], request({ userId: "u1" }, claims)).effect).toBe("deny");
    const named = "p, role:a, users:read, allow, {constructor}=constructor";
    expect(ask(named, ["role:a"], request({}, {})).effect).toBe("deny");
  });

  it("of several comparisons is false as soon as one is, and a deny with an unknown one still denies", () => {
    const csv = "p, role:a, users:read, allow\np, role:a, users:read, deny, {userId}=sub&{x}=y";
    expect(ask(csv, ["role:a"], request({ userId: "u1" }, { sub: "u2" })).effect).toBe("allow");
    expect(ask(csv, ["role:a"], request({ userId: "u1" }, { sub: "u1" })).effect).toBe("deny");
  });

  it("leaves in the decision what it compared", () => {
    expect(ask(allow, ["role:a"], request({ userId: "u1" }, { sub: "u2", other: "z" })).inputs).toEqual([
      { parameter: "userId", claim: "sub", parameterValue: "u1", claimValue: "u2" },
    ]);
  });
});

describe("names that mean something to a computer", () => {
  it.each([
    "group:a,b",
    'group:a"b',
    "group:$$",
    "group:__proto__",
    "group:constructor",
    "group:r.sub==1",
  ] as Subject[])("%s is held by nobody but its members", (subject) => {
    const quoted = `"${subject.replaceAll('"', '""')}"`;
    const csv = `p, ${quoted}, orders:list, allow`;
    expect(ask(csv, [subject]).effect).toBe("allow");
    expect(ask(csv, ["group:a", "role:b", "group:b", "user:x"]).effect).toBe("deny");
  });
});
