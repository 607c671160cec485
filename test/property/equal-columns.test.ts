import fc from "fast-check";
import type { Subject } from "../../src/policy/subject.ts";
import type { Access } from "../../src/tools/access/access.ts";
import { equalColumns } from "../../src/tools/access/equal-columns.ts";
import { drawn, partOf } from "../support/drawn.ts";

const conditions = fc.uniqueArray(fc.constantFrom("{a}=sub", "{b}=sub"), { maxLength: 2 });
const access: fc.Arbitrary<Access> = fc.oneof(
  fc
    .constantFrom("public", "allowed", "denied", "none")
    .map((kind) => ({ kind, when: [], unless: [] }) as const),
  fc.record({ kind: fc.constant("conditional" as const), when: conditions, unless: conditions }),
);
const PREFIXES = ["role", "role", "group", "group", "user", "client", "scope"] as const;

const matrix = fc
  .record({ columns: fc.integer({ min: 0, max: 8 }), rows: fc.integer({ min: 0, max: 2 }) })
  .chain((size) =>
    fc.record({
      subjects: fc
        .array(fc.constantFrom(...PREFIXES), { minLength: size.columns, maxLength: size.columns })
        .map((prefixes) => prefixes.map((prefix, n) => ({ subject: `${prefix}:n${n}` as Subject }))),
      rows: fc.array(
        fc.record({ access: fc.array(access, { minLength: size.columns, maxLength: size.columns }) }),
        { minLength: size.rows, maxLength: size.rows },
      ),
    }),
  );

const said = (one: Access | undefined) =>
  JSON.stringify([one?.kind, one?.when.toSorted(), one?.unless.toSorted()]);

test("a column is of exactly those roles and groups whose access is the same in every row; all others have their own", () => {
  let shared = 0;
  fc.assert(
    fc.property(matrix, ({ subjects, rows }) => {
      const columns = equalColumns(subjects, rows);
      const columnOf = new Map(
        columns.flatMap((column) => column.holders.map((one) => [one.subject, column])),
      );
      expect(columnOf.size).toBe(subjects.length);
      for (const [a, one] of subjects.entries()) {
        const index = columnOf.get(one.subject)?.index ?? -1;
        for (const { access: cells } of rows) expect(said(cells[index])).toBe(said(cells[a]));
        for (const [b, other] of subjects.entries()) {
          if (a === b) continue;
          const mayShare = [one, other].every(({ subject }) => /^(role|group):/.test(subject));
          const same = rows.every(({ access: cells }) => said(cells[a]) === said(cells[b]));
          const share = columnOf.get(one.subject) === columnOf.get(other.subject);
          expect(share).toBe(mayShare && same);
          if (share) shared += 1;
        }
      }
    }),
    drawn(500),
  );
  expect(shared).toBeGreaterThan(partOf(100));
});
