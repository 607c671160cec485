import { describeCounterexample } from "../../../../src/tools/policy-tests/counterexample.ts";
import { proveInvariant } from "../../../../src/tools/policy-tests/prove-invariant.ts";
import { parseTestFile } from "../../../../src/tools/policy-tests/test-file.ts";
import { policyFrom } from "../../../support/policy.ts";

const ROWS = `
g, group:{tenantId}.editors, role:editor
g, group:staff, role:staff
p, role:editor, projects:change, allow
p, role:staff, projects:change, allow
p, role:authenticated, projects:read, allow, {tenantId}=tenant_id
g2, PUT /tenants/{tenantId}/projects/{projectId}, projects:change
g2, GET /tenants/{tenantId}/projects, projects:read
g2, GET /me, me:read
`;

const APART = "invariants:\n  - apart: tenantId\n";

function brokenBy(rows: string, text = APART): string | undefined {
  const policy = policyFrom(ROWS + rows);
  const { invariants, findings } = parseTestFile(policy, "x.test.yaml", text);
  expect(findings).toEqual([]);
  const [invariant] = invariants;
  const found = invariant === undefined ? undefined : proveInvariant(policy, invariant);
  return found && describeCounterexample(found);
}

describe("tenants are apart", () => {
  it("where only roles of tenants, and what every user has, open their routes", () => {
    expect(brokenBy("")).toBeUndefined();
    expect(brokenBy("g, group:{tenantId}.viewers, role:viewer\np, role:viewer, *, allow")).toBeUndefined();
    expect(brokenBy("p, role:editor, me:read, allow")).toBeUndefined();
  });

  it.each([
    [
      "a row grants to the group of one tenant",
      "p, group:acme.editors, projects:read, allow",
      "group:acme.editors",
    ],
    [
      "a group of one tenant has a role everywhere",
      "g, group:acme.editors, role:staff",
      "group:acme.editors",
    ],
    [
      "another placeholder fits the same group",
      "g, group:{tenantId}.x.editors, role:x\ng, group:t.{tenantId}.editors, role:editor",
      "group:t.{tenantId}.editors",
    ],
    [
      "the role hangs on another parameter of the path",
      "g, group:{projectId}.editors, role:editor",
      "group:{tenantId}.editors",
    ],
  ])("not where %s", (_, rows, group) => {
    expect(brokenBy(rows)).toContain(`a token with ${group} reaches `);
  });

  it("whatever a deny row takes away in another tenant", () => {
    expect(
      brokenBy("p, group:acme.editors, projects:*, allow\np, role:authenticated, projects:*, deny"),
    ).toBeUndefined();
  });

  it("is a statement about a parameter that group names and routes have", () => {
    const findingsOf = (text: string) =>
      parseTestFile(policyFrom(ROWS), "x.test.yaml", text).findings.map(
        ({ message, fix }) => `${message}; ${fix}`,
      );
    expect(findingsOf("invariants:\n  - apart: tenantid\n")).toEqual([
      "no group name and route of the policy have the parameter `{tenantid}`; did you mean `tenantId`?",
    ]);
    expect(findingsOf("invariants:\n  - apart: tenantId\n    reach: guarded\n")).toHaveLength(1);
  });
});

describe("a principal of a policy test", () => {
  it("has the group of one tenant, never of each", () => {
    const findingsOf = (group: string) =>
      parseTestFile(
        policyFrom(ROWS),
        "x.test.yaml",
        `principals:\n  ann: { groups: ["${group}"] }\nsuites: []\n`,
      )
        .findings.map(({ message }) => message)
        .filter((message) => message.includes("group:"));
    expect(findingsOf("acme.editors")).toEqual([]);
    expect(findingsOf("{tenantId}.editors")).toEqual(["no token has the group `group:{tenantId}.editors`"]);
    expect(findingsOf("acme.editor")).toEqual(["no row of the policy names `group:acme.editor`"]);
  });
});
