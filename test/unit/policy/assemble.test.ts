import { ClaimgateError } from "../../../src/errors.ts";
import { assemblePolicy } from "../../../src/policy/assemble.ts";
import { type CompiledPolicy, compilePolicy } from "../../../src/policy/compile.ts";
import { decide } from "../../../src/policy/decide.ts";
import { loadPolicy } from "../../../src/policy/load.ts";
import { readPolicyDirectory } from "../../../src/tools/machine/policy-files.ts";
import { MODEL, policyFrom } from "../../support/policy.ts";
import { thrownBy } from "../../support/thrown.ts";

const sources = readPolicyDirectory("policies");

describe("a compiled policy", () => {
  it("is plain data that survives being written as JSON", () => {
    const compiled = compilePolicy(sources);
    expect(JSON.parse(JSON.stringify(compiled))).toEqual(compiled);
  });

  it("decides as the files do, and names the same places", () => {
    const assembled = assemblePolicy(JSON.parse(JSON.stringify(compilePolicy(sources))) as CompiledPolicy);
    const loaded = loadPolicy(sources);
    const request = { subjects: ["group:trainees" as const], parameters: {}, claims: {} };
    for (const route of loaded.routes.names) {
      expect(decide(assembled, { ...request, route })).toEqual(decide(loaded, { ...request, route }));
    }
  });

  it("has each row once and in canonical order, whatever was asked for first", () => {
    const [asked, listed] = [loadPolicy(sources), loadPolicy(sources)];
    for (const route of [...asked.routes.names].reverse()) asked.routeEntries.get(route);
    const ofRoutes = [...asked.rowsByPattern.values()].flatMap((rows) => [...rows.values()].flat());
    expect(asked.decisionRows).toEqual(listed.decisionRows);
    expect(asked.decisionRows.map(({ ordinal }) => ordinal)).toEqual(
      asked.decisionRows.map(({ ordinal }) => ordinal).sort((a, b) => a - b),
    );
    expect(new Set([...ofRoutes, ...asked.decisionRows]).size).toBe(asked.decisionRows.length);
    expect(asked.decisionSubjects).toEqual(new Set(asked.decisionRows.map(({ subject }) => subject)));
  });

  it("keeps no comment, neither of the rows nor of the model", () => {
    const text = JSON.stringify(compilePolicy(sources));
    expect(text).not.toContain("Customers order");
    expect(text).not.toContain("The casbin model of claimgate");
  });

  it("whose condition was damaged does not load: without it the row would apply to all users", () => {
    const compiled = compilePolicy({
      model: MODEL,
      rows: [{ path: "policies/a.csv", text: "p, role:a, x:y, allow, {id}=sub" }],
    });
    const damaged = JSON.parse(JSON.stringify(compiled).replace("{id}=sub", "{id")) as CompiledPolicy;
    expect(() => assemblePolicy(damaged)).toThrow(ClaimgateError);
    expect(thrownBy(() => assemblePolicy(damaged))).toMatchObject({
      code: "policy_invalid",
      message: "a compiled row has the invalid condition `{id`",
    });
  });

  it("whose effect was damaged denies by that row", () => {
    const compiled = compilePolicy({
      model: MODEL,
      rows: [{ path: "a.csv", text: "p, role:a, x:y, allow\np2, *, allow" }],
    });
    const damaged = JSON.parse(JSON.stringify(compiled).replaceAll('allow"', 'Allow"')) as CompiledPolicy;
    const { decisionRows, signUpRows } = assemblePolicy(damaged);
    expect([...decisionRows, ...signUpRows].map(({ effect }) => effect)).toEqual(["deny", "deny"]);
  });
});

describe("what is not a compiled policy", () => {
  const compiled = compilePolicy(sources);

  it.each<[string, unknown]>([
    ["the report of another command", { version: compiled.version, rows: [] }],
    ["a list of rows", compiled.rows],
    ["rows without their places", { ...compiled, rows: [["p", "role:a", "x:y", "allow"]] }],
    ["rows that are text", { ...compiled, rows: ["p, role:a, x:y, allow"] }],
    ["a model that is no text", { ...compiled, model: {} }],
    ["files that are no list", { ...compiled, files: "a.csv" }],
    ["one row of many that is none", { ...compiled, rows: [...compiled.rows, null] }],
    ["a row without a type", { ...compiled, rows: [[5, 0, 1, "role:a", "x:y", "allow"]] }],
    ["a row without its file", { ...compiled, rows: [["p", "a.csv", 1, "role:a", "x:y", "allow"]] }],
    ["a row without its line", { ...compiled, rows: [["p", 0, "1", "role:a", "x:y", "allow"]] }],
    ["rows with fields that are no text", { ...compiled, rows: [["p", 0, 1, "role:a", 1, "deny"]] }],
  ])("does not load: %s", (_what, data) => {
    expect(thrownBy(() => assemblePolicy(data as CompiledPolicy))).toMatchObject({
      code: "policy_invalid",
      message: expect.stringContaining(
        "what `compilePolicy` returns or `claimgate compile` writes",
      ) as string,
    });
  });
});

describe("the index over the rows", () => {
  const POLICY = `
g, user:u, role:z
g, user:u, role:b
g, role:b, role:c
g, role:c, role:b
g2, GET /both, x:read
g2, GET /both, y:read
g2, GET /open, public
p, role:b, x:read, allow, {id}=sub&{team}!=custom:team
p, role:c, x:*, deny, {id}=sub
p, role:c, x:*, allow
p2, *@Example.com, allow
p2, x@example.com, deny
g3, *, group:a:b
`;

  it("names each row with its place and columns", () => {
    const policy = policyFrom(POLICY);
    expect(policy.decisionRows).toEqual([
      {
        file: "policies/test.csv",
        line: 9,
        ordinal: 8,
        fields: ["role:b", "x:read", "allow", "{id}=sub&{team}!=custom:team"],
        subject: "role:b",
        permission: "x:read",
        effect: "allow",
        condition: [
          { parameter: "id", claim: "sub", negated: false },
          { parameter: "team", claim: "custom:team", negated: true },
        ],
        columns: ["role:b", "x:read", "allow", "{id}=sub&{team}!=custom:team"],
      },
      expect.objectContaining({
        fields: ["role:c", "x:*", "allow"],
        condition: undefined,
        columns: ["role:c", "x:*", "allow", ""],
      }),
      expect.objectContaining({ effect: "deny", columns: ["role:c", "x:*", "deny", "{id}=sub"] }),
    ]);
  });

  it("has the rows about addresses, with the group's name alone", () => {
    const policy = policyFrom(POLICY);
    expect(policy.signUpRows.map(({ pattern, effect }) => [pattern, effect])).toEqual([
      ["*@Example.com", "allow"],
      ["x@example.com", "deny"],
    ]);
    expect(policy.landingRows).toEqual([
      {
        file: "policies/test.csv",
        line: 14,
        ordinal: 7,
        fields: ["*", "group:a:b"],
        pattern: "*",
        group: "a:b",
      },
    ]);
  });

  it("has conditions by their text, and the claims that they compare once each and sorted", () => {
    const policy = policyFrom(POLICY);
    expect([...policy.conditions.keys()]).toEqual(["{id}=sub&{team}!=custom:team", "{id}=sub"]);
    expect(policy.conditionClaims).toEqual(["custom:team", "sub"]);
  });

  it("follows roles to their end, also in a circle", () => {
    const policy = policyFrom(POLICY);
    expect(Object.fromEntries(policy.directRoles)).toEqual({
      "role:b": ["role:c"],
      "role:c": ["role:b"],
      "user:u": ["role:b", "role:z"],
    });
    expect(Object.fromEntries(policy.rolesOf)).toEqual({
      "role:b": ["role:b", "role:c"],
      "role:c": ["role:b", "role:c"],
      "user:u": ["role:b", "role:c", "role:z"],
    });
  });

  it("has for each route its permissions, what covers them, and the rows of that", () => {
    const policy = policyFrom(POLICY);
    const both = policy.routeEntries.get("GET /both");
    expect(both?.permissions).toEqual(["x:read", "y:read"]);
    expect([...(both?.covering ?? [])].sort()).toEqual(["*", "*:read", "x:*", "x:read", "y:*", "y:read"]);
    expect(both?.rows.map((rows) => [...rows.keys()])).toEqual([["role:b"], ["role:c"]]);
    expect(policy.rowsByPattern.get("x:*")?.get("role:c")).toEqual(policy.decisionRows.slice(1));
    expect(policy.routeEntries.get("GET /open")).toEqual({ permissions: [], covering: new Set(), rows: [] });
    expect([...policy.routes.names]).toEqual(["GET /both", "GET /open"]);
  });
});
