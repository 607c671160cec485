import fc from "fast-check";
import { parseRows } from "../../src/policy/parse.ts";
import type { ReferenceRow } from "../../src/policy/reference.ts";
import { scopeOfEdit } from "../../src/tools/access/edit-scope.ts";
import { diffPolicies, diffSteps, EVERYTHING } from "../../src/tools/access/policy-diff.ts";
import { provePolicies } from "../../src/tools/access/proof/proof.ts";
import { drawn } from "../support/drawn.ts";
import { spellRow } from "../support/generate-policy.ts";
import { policyOf } from "../support/judges.ts";
import { policyPair, tenantPair } from "../support/route-changes.ts";

const sideOf = (rows: readonly ReferenceRow[]) => ({
  policy: policyOf(rows),
  rows: parseRows("policies/generated.csv", rows.map(spellRow).join("\n")).rows,
});

const renamed = (row: ReferenceRow): ReferenceRow => row.map((field) => field.replaceAll("{p0}", "{q0}"));

/** A policy, and the same after an edit: rows less on either side, or another name of a parameter in its routes. */
const edit = fc
  .record({
    pair: fc.oneof(policyPair, tenantPair),
    left: fc.array(fc.nat({ max: 30 }), { maxLength: 2 }),
    right: fc.array(fc.nat({ max: 30 }), { minLength: 1, maxLength: 2 }),
    renames: fc.constantFrom("nothing", "nothing", "nothing", "routes", "rows"),
  })
  .map(({ pair, left, right, renames }) => {
    const inherited: ReferenceRow = ["g", "role:x", "role:y"];
    const all = [
      ...new Map([inherited, ...pair.before, ...pair.after].map((row) => [row.join(), row])).values(),
    ];
    const isGuarded = (route = "") => all.some(([, name, opening]) => name === route && opening !== "public");
    const rows = all.filter(
      ([type, route, opening]) => type !== "g2" || opening !== "public" || !isGuarded(route),
    );
    const without = (skipped: readonly number[]) => rows.filter((_, index) => !skipped.includes(index));
    const rename = (row: ReferenceRow) =>
      renames === "rows" || (renames === "routes" && row[0] === "g2") ? renamed(row) : row;
    return { before: without(left), after: without(right).map(rename) };
  })
  .filter(({ before, after }) => [before, after].every((rows) => rows.some(([type]) => type === "p")));

describe("the scope of an edit", () => {
  it("has all changes of access that the whole comparison has, for less of it", () => {
    const seen = { changes: 0, none: 0, beside: 0, permissions: 0, narrow: 0 };
    fc.assert(
      fc.property(edit, (pair) => {
        const [before, after] = [sideOf(pair.before), sideOf(pair.after)];
        const scope = scopeOfEdit(before, after);
        const steps = diffSteps(before, after, scope);
        let step = steps.next();
        while (step.done !== true) step = steps.next();
        const whole = diffPolicies(before, after);
        expect(step.value).toEqual(whole);
        seen[whole.access.length === 0 ? "none" : "changes"] += 1;
        if (scope !== EVERYTHING) seen.narrow += 1;
        if (whole.access.some(({ beside }) => beside.length > 0)) seen.beside += 1;
        if (whole.access.some(({ permission }) => permission !== undefined)) seen.permissions += 1;
      }),
      drawn(640),
    );
    expect(Math.min(...Object.values(seen))).toBeGreaterThan(0);
  });

  it("has what the search over everything proves, with the same tokens and requests", () => {
    const seen = { equal: 0, narrower: 0, wider: 0, different: 0, "not-proven": 0 };
    fc.assert(
      fc.property(edit, (pair) => {
        const [before, after] = [sideOf(pair.before), sideOf(pair.after)];
        const scope = scopeOfEdit(before, after);
        const whole = provePolicies(before.policy, after.policy);
        expect(provePolicies(before.policy, after.policy, undefined, scope)).toEqual(whole);
        seen[whole.verdict] += 1;
      }),
      drawn(400),
    );
    expect(Math.min(seen.equal, seen.narrower, seen.wider)).toBeGreaterThan(0);
  });
});
