import type { CedarPolicy } from "../../src/tools/export/cedar/cedar-policies.ts";
import { type CedarExport, exportCedar } from "../../src/tools/export/cedar/export-cedar.ts";
import { everyCase } from "../support/every-case.ts";
import { policyFrom } from "../support/policy.ts";
import { CedarJudge, type Difference } from "./cedar-judge.ts";

// A comparison that finds nothing is worth nothing unless it would find something.

const POLICY = policyFrom(`g2, GET /tenants/{tenantId}, tenants:read
g2, POST /tenants/{tenantId}, tenants:write
g, group:{tenantId}.editors, role:editor
p, role:editor, tenants:write, allow
p, role:authenticated, tenants:read, allow, {tenantId}=tenant
p, group:partners, tenants:read, deny, {tenantId}!=tenant
p, group:suspended, *, deny
p, group:staff, *, allow
p3, client:web, *
p3, client:partner, tenants:read, api/read
`);

function differences(exported: CedarExport): readonly Difference[] {
  const judge = new CedarJudge(POLICY, exported);
  return Array.from(everyCase(POLICY), (asked) => judge.compare(asked).difference ?? []).flat();
}

/** The export with a defect, which must change some text. */
function withDefect(edit: (policy: CedarPolicy) => readonly CedarPolicy[]): CedarExport {
  const exported = exportCedar(POLICY, "Claimgate");
  const policies = exported.policies.flatMap(edit);
  expect(policies.map(({ text }) => text)).not.toEqual(exported.policies.map(({ text }) => text));
  return { ...exported, policies };
}

const replaced = (from: string | RegExp, to: string) =>
  withDefect((one) => [{ ...one, text: one.text.replaceAll(from, to) }]);
const inForbids = (from: string | RegExp, to: string) =>
  withDefect((one) => [one.effect === "forbid" ? { ...one, text: one.text.replaceAll(from, to) } : one]);

describe("the comparison with Cedar", () => {
  it("finds nothing in the export", () => {
    expect(differences(exportCedar(POLICY, "Claimgate"))).toEqual([]);
  });

  it("finds a forbid that is missing", () => {
    const found = differences(withDefect((one) => (one.id.endsWith(":7") ? [] : [one])));
    expect(
      found.some(({ claimgate, cedar }) => claimgate.effect === "deny" && cedar.effect === "allow"),
    ).toBe(true);
  });

  it("finds a deny row that takes unknown for false", () => {
    const found = differences(inForbids(/unless \{ (.*) == (.*) \}/g, "when { $1 != $2 }"));
    expect(found.some(({ cedar }) => cedar.effect === "allow")).toBe(true);
    expect(found.every(({ cedar }) => cedar.errors.length === 0)).toBe(true);
  });

  it("finds a test for a value that is missing", () => {
    const found = differences(inForbids('context has "claim:tenant" && ', ""));
    expect(found.some(({ cedar }) => cedar.errors.length > 0 && cedar.effect === "allow")).toBe(true);
  });

  it("finds a scope that is not asked for", () => {
    const found = differences(
      replaced(/ && context has "scopes" && context\["scopes"\]\.contains\([^)]*\)/g, ""),
    );
    expect(found.some(({ cedar }) => cedar.effect === "allow")).toBe(true);
  });

  it("finds the group of another tenant", () => {
    const found = differences(
      replaced(/ && context\["group:\{tenantId\}\.editors"\]\.contains\([^)]*\)/g, ""),
    );
    expect(found.some(({ cedar }) => cedar.effect === "allow")).toBe(true);
  });

  it("finds an allow by another row", () => {
    const exported = exportCedar(POLICY, "Claimgate");
    const policies = exported.policies.map((one) => ({ ...one, rows: one.rows.slice(0, 1) }));
    const found = differences({ ...exported, policies });
    expect(found.length).toBeGreaterThan(0);
    expect(found.every(({ claimgate, cedar }) => claimgate.effect === cedar.effect)).toBe(true);
  });
});
