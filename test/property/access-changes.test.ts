import fc from "fast-check";
import type { AccessChange } from "../../src/analysis/access-changes.ts";
import { diffPolicies } from "../../src/analysis/policy-diff.ts";
import { policyOf } from "../support/judges.ts";
import { type Answered, answeredOtherwise, policyPair } from "../support/route-changes.ts";

/** Whether the change speaks of that caller and that request. */
function covers(change: AccessChange, { subjects, before, after, gains }: Answered): boolean {
  const { subject, beside } = change;
  const held = subject === "anybody" || subjects.includes(subject);
  return (
    held &&
    (beside.length === 0 || beside.some((one) => subjects.includes(one))) &&
    change.decidedBefore === before &&
    change.decidedAfter === after &&
    (gains ? change.widens : change.narrows)
  );
}

describe("the changes of access between two policies with coarse and fine routes", () => {
  it("are those of every caller and every request, and no others", () => {
    const seen = { gains: 0, losses: 0, coarser: 0, beside: 0, public: 0 };
    fc.assert(
      fc.property(policyPair, (pair) => {
        const side = (rows: "before" | "after") => ({ policy: policyOf(pair[rows]), rows: [] });
        const diff = diffPolicies(side("before"), side("after"));
        const answered = answeredOtherwise(pair);
        expect(answered.filter((one) => !diff.access.some((change) => covers(change, one)))).toEqual([]);
        for (const gains of [true, false]) {
          const said = diff.access.filter((change) => (gains ? change.widens : change.narrows));
          const real = answered.filter((one) => one.gains === gains);
          expect(said.filter((change) => !real.some((one) => covers(change, one)))).toEqual([]);
        }
        expect(diff.widens).toBe(answered.some(({ gains }) => gains));
        expect(diff.differs).toBe(answered.length > 0);
        for (const { gains, before, after } of answered) {
          seen[gains ? "gains" : "losses"] += 1;
          if (before !== undefined && after !== undefined && before !== after) seen.coarser += 1;
        }
        for (const { subject, beside } of diff.access) {
          if (beside.length > 0) seen.beside += 1;
          if (subject === "anybody") seen.public += 1;
        }
      }),
      { numRuns: 80, endOnFailure: true },
    );

    expect(Math.min(...Object.values(seen))).toBeGreaterThan(0);
  });
});
