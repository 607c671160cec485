import fc from "fast-check";
import type { PolicyFile } from "../../src/policy/compile.ts";
import { parsePolicy } from "../../src/policy/parse.ts";
import { fixFiles } from "../../src/tools/lint/fixes/fix-files.ts";
import { lint } from "../../src/tools/lint/lint.ts";
import { drawn, partOf } from "../support/drawn.ts";
import { MODEL } from "../support/policy.ts";

const findingsOf = (rows: readonly PolicyFile[]) =>
  lint({ model: MODEL, rows }, { service: undefined, switchedOff: new Map() }).findings;

const fix = (text: string) => fixFiles([{ path: "policies/a.csv", text }], findingsOf);

const textOf = (text: string) => fix(text).files[0]?.text ?? "";

/** What a row says, without how it is written. A blank inside a name is part of the name. */
const meaning = (text: string) =>
  text
    .toLowerCase()
    .replace(/(?<=\w) +(?=\w)/g, "_")
    .replace(/[\s",;=&#:{}/-]+/g, "")
    .split("")
    .sort()
    .join("");

const piece = fc.constantFrom(
  ..."p|P|g|G2|g2|p2|role:a|Role:a|group:b|b:c|b:*|allow|Allow|DENY|deny|{x}=y|{x} == y|{x}=y z|{x} =y & {y z}=x|{ x } != y|# why|GET /a|get /a/:id|/a|//| |  |;".split(
    "|",
  ),
  '"role:a "',
  '"b:c"',
  "\t",
);
const line = fc.oneof(
  fc.array(piece, { maxLength: 6 }).map((pieces) => pieces.join(",")),
  fc.array(piece, { maxLength: 6 }).map((pieces) => pieces.join(", ")),
  fc.array(piece, { maxLength: 6 }).map((pieces) => pieces.join(";")),
);
const file = fc
  .tuple(fc.array(line, { maxLength: 6 }), fc.constantFrom("\n", "\r\n"))
  .map(([lines, ending]) => lines.join(ending));

describe("check --fix", () => {
  it("changes nothing the second time", () => {
    fc.assert(
      fc.property(file, (text) => {
        const once = textOf(text);
        expect(textOf(once)).toBe(once);
      }),
      drawn(2_000),
    );
  });

  it("keeps every row that was right, and adds none where nothing was wrong", () => {
    let fixed = 0;
    fc.assert(
      fc.property(file, (text) => {
        const after = textOf(text);
        const rows = (of: string) => parsePolicy([{ path: "policies/a.csv", text: of }]).rows;
        const kept = new Set(rows(after).map((row) => row.text));
        for (const row of rows(text)) expect(kept).toContain(row.text);
        const before = findingsOf([{ path: "policies/a.csv", text }]).filter(
          ({ severity }) => severity === "error",
        );
        fixed += fix(text).applied.length;
        if (before.length === 0) expect(kept.size).toBe(new Set(rows(text).map((row) => row.text)).size);
      }),
      drawn(2_000),
    );
    expect(fixed).toBeGreaterThan(partOf(500));
  });

  it("changes case, blanks, quotes, separators and copies, and no name", () => {
    fc.assert(
      fc.property(file, (text) => {
        for (const { rule, before, after } of fix(text).applied) {
          if (rule === "duplicate-row") expect(after).toEqual([]);
          else expect(meaning(after.join(""))).toBe(meaning(before));
        }
      }),
      drawn(2_000),
    );
  });
});
