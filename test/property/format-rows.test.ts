import fc from "fast-check";
import { compilePolicy } from "../../src/policy/compile.ts";
import { formatRows } from "../../src/tools/lint/fixes/format-rows.ts";
import { drawn } from "../support/drawn.ts";
import { decisionCase, spellRow } from "../support/generate-policy.ts";
import { MODEL } from "../support/policy.ts";

/** A policy as a hurried person writes it: odd blanks, comments, empty lines, Windows line endings. */
const written = fc
  .tuple(
    decisionCase({ min: 1, max: 1 }),
    fc.infiniteStream(fc.constantFrom("", " ", "\t", "  ")),
    fc.infiniteStream(fc.constantFrom("", "", "# a comment \n", "\n", "\n\n\n", "  # indented\n")),
    fc.constantFrom("\n", "\r\n"),
  )
  .map(([{ rows }, blanks, between, ending]) => {
    const lines = rows.map((row) => {
      const [before = ""] = between.take(1);
      const [left = "", right = ""] = blanks.take(2);
      return `${before}${left}${spellRow(row)}${right}`;
    });
    return lines.join("\n").replaceAll("\n", ending);
  });

const versionOf = (text: string) =>
  compilePolicy({ model: MODEL, rows: [{ path: "policies/x.csv", text }] }).version;

describe("a formatted policy file", () => {
  it.each([false, true])(
    "decides as before, and is the same when it is formatted again (sorted: %s)",
    (sort) => {
      fc.assert(
        fc.property(written, (text) => {
          const once = formatRows("policies/x.csv", text, { sort });
          expect(formatRows("policies/x.csv", once, { sort })).toBe(once);
          expect(versionOf(once)).toBe(versionOf(text));
          const uniform = text.includes("\r\n") && !/(?<!\r)\n/.test(text);
          if (uniform && once !== "") expect(once.replaceAll("\r\n", "")).not.toMatch(/[\r\n]/);
          expect(uniform ? once.replaceAll("\r\n", "\n") : once).not.toMatch(/\r|[ \t]\n|\n\n\n/);
          expect(once).not.toMatch(/^\n/);
        }),
        drawn(200),
      );
    },
  );

  it.each([false, true])("is idempotent and loses no line, whatever the text is (sorted: %s)", (sort) => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        const once = formatRows("policies/x.csv", text, { sort });
        expect(formatRows("policies/x.csv", once, { sort })).toBe(once);
        const words = (whole: string) => whole.replace(/[\s,"\ufeff]/g, "").length;
        if (!sort) expect(words(once)).toBe(words(text));
      }),
    );
  });
});
