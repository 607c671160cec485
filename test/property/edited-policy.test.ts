import fc from "fast-check";
import { parseRows } from "../../src/policy/parse.ts";
import type { ReferenceRow } from "../../src/policy/reference.ts";
import { editedPolicy } from "../../src/tools/access/edited-policy.ts";
import { accessDiffers, EVERYTHING } from "../../src/tools/access/policy-diff.ts";
import { idleRows } from "../../src/tools/access/row-effects.ts";
import { assembledAnew } from "../support/assembled-anew.ts";
import { drawn } from "../support/drawn.ts";
import { spellRow } from "../support/generate-policy.ts";
import { policyOf } from "../support/judges.ts";
import { policyPair, tenantPair } from "../support/route-changes.ts";

const sideOf = (rows: readonly ReferenceRow[]) => ({
  policy: policyOf(rows),
  rows: parseRows("policies/generated.csv", rows.map(spellRow).join("\n")).rows,
});

describe("a policy with one row more or less", () => {
  it("gives the access of one that is assembled from the rows", () => {
    const seen = { p: 0, g: 0, g2: 0 };
    fc.assert(
      fc.property(fc.oneof(policyPair, tenantPair), ({ before, after }) => {
        const side = sideOf(before);
        const known = new Set(side.rows.map(({ text }) => text));
        const others = sideOf(after).rows.filter(({ text }) => !known.has(text));
        const assemble = assembledAnew(side);
        for (const [rows, edit] of [
          [side.rows, "remove"],
          [others, "add"],
        ] as const) {
          for (const row of rows) {
            const [fast, slow] = [editedPolicy(side.policy, row, edit), assemble(side.policy, row, edit)];
            expect(accessDiffers(fast, slow, EVERYTHING)).toBe(false);
            expect(fast.decisionRows.length).toBe(slow.decisionRows.length);
            // A subject that is missing here would be left out of remembered decisions.
            expect([...fast.decisionSubjects]).toEqual(expect.arrayContaining([...slow.decisionSubjects]));
            if (row.type in seen) seen[row.type as keyof typeof seen] += 1;
          }
        }
      }),
      drawn(200, 25),
    );
    expect(Math.min(...Object.values(seen))).toBeGreaterThan(0);
  });

  it("tells the same rows that decide nothing", () => {
    const seen = { idle: 0, deciding: 0 };
    fc.assert(
      fc.property(fc.oneof(policyPair, tenantPair), (pair) => {
        const [before, after] = [sideOf(pair.before), sideOf(pair.after)];
        const [was, is] = [before, after].map(({ rows }) => new Set(rows.map(({ text }) => text)));
        const only = (
          rows: typeof after.rows,
          others: ReadonlySet<string> | undefined,
          kind: "added" | "removed",
        ) =>
          rows
            .filter(({ text }) => others?.has(text) === false)
            .map(({ file, line, text }) => ({ kind, file, line, row: text, widens: false, note: undefined }));
        const changes = [...only(before.rows, is, "removed"), ...only(after.rows, was, "added")];
        const idle = idleRows(after.policy, changes);
        expect(idle).toEqual(idleRows(after.policy, changes, assembledAnew(after)));
        seen.idle += idle?.size ?? 0;
        seen.deciding += changes.length - (idle?.size ?? 0);
      }),
      drawn(200, 25),
    );
    expect(Math.min(...Object.values(seen))).toBeGreaterThan(0);
  });
});
