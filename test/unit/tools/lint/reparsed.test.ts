import fc from "fast-check";
import type { Parsing } from "../../../../src/policy/parse.ts";
import { parsePolicy, parseRows } from "../../../../src/policy/parse.ts";
import { byPlaceAndRule } from "../../../../src/policy/place.ts";
import { parsedFiles, parseEdited } from "../../../../src/tools/lint/parsed-files.ts";
import { reparsed } from "../../../../src/tools/lint/reparsed.ts";

const PATH = "policies/roles.csv";

/** Lines of every kind: rows, comments, mistakes, and signs of spreadsheets and of other models. */
const line = fc.constantFrom(
  "p, role:a, orders:read, allow",
  "p, role:b, orders:read, deny, {id}=sub",
  "g, group:x, role:a",
  "g2, GET /orders, orders:read",
  "# a comment",
  "",
  "p, role:a, ord",
  "p, role:a, orders:read, allow,",
  "p; role:a; orders:read; allow",
  "p\trole:a\torders:read\tallow",
  "p，role:a，orders:read，allow",
  ",,,",
  "sep=;",
  "p, alice, data1, read",
  "p, alice, /data/*, GET",
  "g, alice, admin",
  "p, role:a, orders, read, allow",
  'p, "role:a, orders:read, allow',
  "p, role:a\r, orders:read, allow",
  "ptype,v0,v1",
);
const ending = fc.constantFrom("\n", "\r\n", "");
const text = fc
  .array(fc.tuple(line, ending), { maxLength: 12 })
  .map((lines) => lines.map((one) => one.join("")).join(""));
const edit = fc.record({
  from: fc.nat(),
  length: fc.nat({ max: 60 }),
  inserted: fc.oneof(text, fc.string({ maxLength: 3 })),
});

const sorted = ({ rows, findings }: Parsing) => ({ rows, findings: [...findings].sort(byPlaceAndRule) });

describe("what is parsed of an edit", () => {
  it("is in the canonical order of all files, through any edits of one", () => {
    const fixed = { path: "policies/a.csv", text: "p, role:b, orders:read, deny\ng, group:x, role:a\n" };
    fc.assert(
      fc.property(text, fc.array(edit, { minLength: 1, maxLength: 4 }), (start, edits) => {
        let file = { path: PATH, text: start };
        parsedFiles([fixed, file]);
        for (const { from, length, inserted } of edits) {
          const at = file.text.length === 0 ? 0 : from % (file.text.length + 1);
          const next = { path: PATH, text: file.text.slice(0, at) + inserted + file.text.slice(at + length) };
          parseEdited(file, next);
          expect(parsedFiles([fixed, next]).rows).toEqual(parsePolicy([fixed, next]).rows);
          file = next;
        }
      }),
      { numRuns: process.env["TESTS"] === "thorough" ? 5_000 : 100 },
    );
  });

  it("is what the whole file gives, through any edits of any text", () => {
    fc.assert(
      fc.property(text, fc.array(edit, { minLength: 1, maxLength: 4 }), (start, edits) => {
        let current = start;
        let parsing = parseRows(PATH, current);
        for (const { from, length, inserted } of edits) {
          const at = current.length === 0 ? 0 : from % (current.length + 1);
          const next = current.slice(0, at) + inserted + current.slice(at + length);
          parsing = reparsed(current, parsing, { path: PATH, text: next });
          expect(sorted(parsing)).toEqual(sorted(parseRows(PATH, next)));
          current = next;
        }
      }),
      { numRuns: process.env["TESTS"] === "thorough" ? 5_000 : 100 },
    );
  });

  it("counts a line with several mistakes once when it looks for signs of a spreadsheet", () => {
    const rows = [
      "p; role:a; orders:read; allow",
      "p, role:a, ordg, group:x, role:a",
      "p; role:b; orders:read; allow",
    ];
    const before = `${rows[0]}\n${rows[1]}\n`;
    const after = `${rows.join("\n")}\n`;
    const parsing = reparsed(before, parseRows(PATH, before), { path: PATH, text: after });
    expect(sorted(parsing)).toEqual(sorted(parseRows(PATH, after)));
    expect(parsing.findings.map(({ rule }) => rule)).toContain("spreadsheet-file");
  });

  it("keeps the rows that did not change, as they are", () => {
    const before = "p, role:a, orders:read, allow\np, role:b, orders:read, allow\n";
    const parsing = parseRows(PATH, before);
    const after = reparsed(before, parsing, { path: PATH, text: `${before}p, role:c, orders:read, allow\n` });
    expect(after.rows[0]).toBe(parsing.rows[0]);
    expect(after.rows).toHaveLength(3);
  });
});
