import { type CedarPolicies, cedarPolicies } from "../../../../../src/tools/export/cedar/cedar-policies.ts";
import { policyFrom } from "../../../../support/policy.ts";

const ROUTE = "g2, GET /orders/{orderId}, orders:read\n";

function exported(rows: string): CedarPolicies {
  return cedarPolicies(policyFrom(`${ROUTE}${rows}`), "N");
}

/** The policy of the one row, without its annotations. */
function textOf(rows: string): string {
  const [one, ...others] = exported(rows).policies;
  expect(others).toEqual([]);
  return (one?.text ?? "")
    .split("\n")
    .filter((line) => !line.startsWith("@"))
    .join("\n");
}

const body = (effect: string, principal: string, ...clauses: readonly string[]) =>
  `${[`${effect} (`, `  ${principal},`, '  action in N::Action::"orders:read",', "  resource", ")", ...clauses].join("\n")};\n`;

describe("policies of Cedar", () => {
  it.each([
    ["role:authenticated", "principal is N::User"],
    ["role:machine", "principal is N::Machine"],
    ["group:staff", 'principal in N::Group::"staff"'],
    ["group:main/staff", 'principal in N::Group::"main/staff"'],
    ["user:7c1e", 'principal == N::User::"7c1e"'],
    ["client:reporting", 'principal in N::Client::"reporting"'],
    ["scope:api/read", 'principal in N::Scope::"api/read"'],
  ])("take %s for the principal", (subject, principal) => {
    expect(textOf(`p, ${subject}, orders:read, allow`)).toBe(body("permit", principal));
  });

  it("take everyone who has a role, through other roles as well", () => {
    const rows =
      "g, group:b, role:wide\ng, role:wide, role:reader\ng, group:a, role:reader\np, role:reader, orders:read, allow";
    expect(textOf(rows)).toBe(
      body("permit", "principal", 'when { principal in [N::Group::"a", N::Group::"b"] }'),
    );
  });

  it("take members of several kinds one by one", () => {
    const rows = "g, group:a, role:x\ng, user:u, role:x\ng, scope:s, role:x\np, role:x, orders:read, deny";
    expect(textOf(rows)).toBe(
      body(
        "forbid",
        "principal",
        'when { principal in N::Group::"a" || principal in N::Scope::"s" || principal == N::User::"u" }',
      ),
    );
  });

  it("leave out the groups of a role that every user has", () => {
    const rows = "g, group:a, role:x\ng, role:authenticated, role:x\np, role:x, orders:read, allow";
    expect(textOf(rows)).toBe(body("permit", "principal is N::User"));
  });

  it("allow if each comparison is true, so that a missing value allows nothing", () => {
    expect(textOf("p, group:a, orders:read, allow, {orderId}=sub&{orderId}!='x'&max_age=300")).toBe(
      body(
        "permit",
        'principal in N::Group::"a"',
        'when { context has "{orderId}" && context has "claim:sub" && context["{orderId}"] == context["claim:sub"] }',
        'when { context has "{orderId}" && context["{orderId}"] != "x" }',
        'when { context has "signInAge" && context["signInAge"] <= 300 }',
      ),
    );
  });

  it("deny unless a comparison is false, so that a missing value denies", () => {
    expect(textOf("p, group:a, orders:read, deny, {orderId}!=sub&max_age!=300")).toBe(
      body(
        "forbid",
        'principal in N::Group::"a"',
        'unless { context has "{orderId}" && context has "claim:sub" && context["{orderId}"] == context["claim:sub"] }',
        'unless { context has "signInAge" && context["signInAge"] <= 300 }',
      ),
    );
  });

  it.each([
    [
      "allow",
      '(principal is N::User && context has "group:{t}.e" && context has "tenant:t" && context["group:{t}.e"].contains(context["tenant:t"]))',
    ],
    [
      "deny",
      '(principal is N::User && context has "group:{t}.e" && !(context has "tenant:t" && !context["group:{t}.e"].contains(context["tenant:t"])))',
    ],
  ])("know a role in a tenant: %s", (effect, holds) => {
    const rows = `g, group:{t}.e, role:editor\np, role:editor, orders:read, ${effect}`;
    expect(textOf(rows)).toBe(
      body(effect === "allow" ? "permit" : "forbid", "principal", `when { ${holds} }`),
    );
  });

  it("need a row of the app and of the user for the same permission", () => {
    const { policies } = exported(
      "p, group:a, orders:*, allow\np, client:batch, orders:*, allow\np, group:a, orders:read, deny\np3, client:web, *:read, api/read\np3, client:old, reports:read",
    );
    expect(policies.map(({ id }) => id).sort()).toEqual([
      "policies/test.csv:2 policies/test.csv:5",
      "policies/test.csv:3",
      "policies/test.csv:4",
    ]);
    const [ofApp] = policies.filter(({ rows }) => rows.length > 1);
    expect(ofApp?.text).toContain('action in N::Action::"orders:read"');
    expect(ofApp?.text).toContain(
      'when { context has "client" && context["client"] == "web" && context has "scopes" && context["scopes"].contains("api/read") }',
    );
    expect(ofApp?.text).toContain('@app("p3, client:web, *:read, api/read")');
  });

  it("leave out what no token and no app reaches, with the reason", () => {
    const { without } = exported(
      "p, group:a, orders:read, allow\np, role:none, orders:read, deny\np, group:b, reports:read, allow\np3, client:web, orders:read\np3, client:old, other:read",
    );
    expect(without.map(({ line, reason }) => [line, reason])).toEqual([
      [4, "no app may use it"],
      [3, "no token has `role:none`"],
      [6, "no user is allowed anything that it covers"],
    ]);
  });

  it("split a policy that is too large by who it is about", () => {
    const groups = Array.from({ length: 400 }, (_, index) => `g, group:${"g".repeat(40)}${index}, role:x`);
    const { policies, refused } = exported(`${groups.join("\n")}\np, role:x, orders:read, allow`);
    expect(refused).toEqual([]);
    expect(policies.length).toBeGreaterThan(1);
    expect(new Set(policies.map(({ id }) => id)).size).toBe(policies.length);
    expect(policies.every(({ text }) => Buffer.byteLength(text) <= 10_000)).toBe(true);
    const named = policies.flatMap(({ text }) => text.match(/N::Group::"[^"]*"/g) ?? []);
    expect(new Set(named).size).toBe(400);
  });

  it("keep names within their strings", () => {
    const { policies } = exported(
      String.raw`p, "user:a"",_action,_resource;permit(principal,_action,_resource);//\\", orders:read, allow`,
    );
    expect(policies[0]?.text).toContain(
      String.raw`principal == N::User::"a\",_action,_resource;permit(principal,_action,_resource);//\\\\",`,
    );
  });
});
