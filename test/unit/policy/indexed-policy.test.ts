import { assembleIndexed } from "../../../src/policy/assemble.ts";
import { compilePolicy } from "../../../src/policy/compile.ts";
import { type IndexedPolicy, indexedPolicy } from "../../../src/policy/indexed-policy.ts";
import { MODEL } from "../../support/policy.ts";
import { thrownBy } from "../../support/thrown.ts";

const compiled = compilePolicy({
  model: MODEL,
  rows: [
    {
      path: "policies/roles.csv",
      text: `p, role:a, x:read, allow
p, role:b, x:read, deny, {id}=sub
g, group:staff, role:a
g, group:staff, role:b
g2, GET /x, x:read
g3, *, group:staff
`,
    },
  ],
});
const indexed = indexedPolicy(compiled);

describe("a packaged policy", () => {
  it("has each text once, and its rows as numbers", () => {
    expect(indexed).toEqual({
      indexed: 1,
      version: compiled.version,
      model: compiled.model,
      files: ["policies/roles.csv"],
      subjects: ["role:a", "role:b"],
      conditions: ["", "{id}=sub"],
      decisions: ["x:read", [4, 0, 1, 0, 1, 0, 5, 0, 2, 1, 0, 1].join(" ")],
      members: ["group:staff", "role:a\nrole:b"],
      routes: ["GET /x", "x:read"],
      others: { p2: [], g3: [[3, 0, 6, "*", "group:staff"]], g4: [], p3: [] },
    });
  });

  it.each<[string, unknown]>([
    ["of a later version", { ...indexed, indexed: 2 }],
    ["that is something else", { version: compiled.version }],
  ])("does not load in a form %s: a row that is read as another one may allow", (_what, data) => {
    expect(thrownBy(() => assembleIndexed(data as IndexedPolicy))).toMatchObject({
      code: "policy_invalid",
      message: "the packaged policy is of another version of claimgate: package it again",
    });
  });

  it("does not load with a damaged condition", () => {
    const conditions: IndexedPolicy["conditions"] = ["", "{id"];
    expect(thrownBy(() => assembleIndexed({ ...indexed, conditions }))).toMatchObject({
      code: "policy_invalid",
      message: "a compiled row has the invalid condition `{id`",
    });
  });

  it.each<[string, Partial<IndexedPolicy>]>([
    ["a subject", { subjects: ["role:a"] }],
    ["a condition", { conditions: [""] }],
    ["a number of the last row", { decisions: ["x:read", [4, 0, 1, 0, 1, 0, 5, 0, 2, 1, 0].join(" ")] }],
  ])("decides nothing by rows of which %s was lost", (_what, damage) => {
    const policy = assembleIndexed({ ...indexed, ...damage });
    expect(thrownBy(() => policy.routeEntries.get("GET /x"))).toMatchObject({
      code: "policy_invalid",
      message: "the packaged policy is damaged: package it again",
    });
  });
});
