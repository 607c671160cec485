import type { PolicyFile } from "../../../../../src/policy/compile.ts";
import { fixFiles } from "../../../../../src/tools/lint/fixes/fix-files.ts";
import { FIXABLE_RULES } from "../../../../../src/tools/lint/fixes/safe-fix.ts";
import { lint } from "../../../../../src/tools/lint/lint.ts";
import { MODEL } from "../../../../support/policy.ts";

const findingsOf = (rows: readonly PolicyFile[]) =>
  lint({ model: MODEL, rows }, { service: undefined, switchedOff: new Map() }).findings;

const fix = (...texts: readonly string[]) =>
  fixFiles(
    texts.map((text, index) => ({ path: `policies/${index}.csv`, text })),
    findingsOf,
  );

const fixed = (text: string) => fix(text).files[0]?.text;

describe("what can be fixed without asking", () => {
  test.each([
    ["effect", "p, role:a, b:c, Allow", "p, role:a, b:c, allow"],
    ["effect", "p2, *@example.com, DENY", "p2, *@example.com, deny"],
    ["effect", 'p, role:a, b:c, "Deny", {x}=y', 'p, role:a, b:c, "deny", {x}=y'],
    ["unknown-row-type", "P, role:a, b:c, allow", "p, role:a, b:c, allow"],
    ["unknown-row-type", "G2,GET /a,b:c", "g2,GET /a,b:c"],
    ["unknown-row-type", "p; role:a; b:c; allow", "p, role:a, b:c, allow"],
    ["invisible-character", "g\tgroup:a\trole:b", "g, group:a, role:b"],
    ["unknown-row-type", "// why it is so", "# why it is so"],
    ["unknown-row-type", "-- why it is so", "# why it is so"],
    ["empty-field", "p, role:a, b:c, allow,", "p, role:a, b:c, allow"],
    ["too-many-columns", "g, group:a, role:b,", "g, group:a, role:b"],
    ["too-many-columns", "g, group:a, role:b, # why", "# why\ng, group:a, role:b"],
    ["inline-comment", "p, role:a, b:c, allow # why", "# why\np, role:a, b:c, allow"],
    ["blank-at-edge", 'p, "role:a ", b:c, allow', 'p, "role:a", b:c, allow'],
    ["condition-shape", "p, role:a, b:c, allow, {x} = y", "p, role:a, b:c, allow, {x}=y"],
    ["condition-shape", "p, role:a, b:c, allow, {x}==y && {z}!=w", "p, role:a, b:c, allow, {x}=y&{z}!=w"],
    ["condition-shape", "p, role:a, b:c, allow, { x } = y & {z} != w", "p, role:a, b:c, allow, {x}=y&{z}!=w"],
    ["route-shape", "g2, get /a, b:c", "g2, GET /a, b:c"],
    ["route-shape", "g2, GET /a/:id, b:c", "g2, GET /a/{id}, b:c"],
    ["subject-prefix", "p, Role:a, b:c, allow", "p, role:a, b:c, allow"],
    ["needless-quotes", '"p","role:a","b:c","allow"', "p, role:a, b:c, allow"],
  ])("%s: %s", (rule, before, after) => {
    const { files, applied } = fix(`# a comment\n${before}\n`);
    const [first] = applied;
    expect(first).toMatchObject({ rule, file: "policies/0.csv", line: 2, before });
    // Quotes that are left over are fixed next.
    const plain = (text = "") => text.replaceAll('"', "");
    expect(plain(files[0]?.text)).toBe(plain(`# a comment\n${after}\n`));
    expect(first?.after.join("\n")).toBe(after);
  });

  test.each([
    ["a misspelt effect", "p, role:a, b:c, alow\n"],
    ["a subject without a prefix", "p, admin, b:c, allow\n"],
    ["a name with an invisible character", "p, role:a\u200Bb, b:c, allow\n"],
    ["an address pattern that may mean more", "p2, @example.com, allow\n"],
    ["a row that another covers", "p, role:a, b:*, allow\np, role:a, b:c, allow\n"],
    ["a lone carriage return", "# a comment\rp, role:a, *, allow\n"],
    ["a blank inside the claim of a condition", "p, role:a, b:c, allow, {tenant}=ten ant\n"],
    ["a blank inside the parameter of a condition", "p, role:a, b:c, allow, {ten ant} = tenant\n"],
    ["a condition without an operator", "p, role:a, b:c, allow, {a}=b {c}=d\n"],
    ["reversed columns", "g, role:a, group:b\n"],
    ["a column too many", "p, role:a, b:c, allow, {x}=y, more\n"],
    ["an empty field in the middle", "p, , b:c, allow\n"],
    ["a bracket of another engine", "p, role:a, b:c, allow, r.sub == 1\n"],
    ["text", "hello; world\n"],
    ["a comment inside of quotes", 'g, "group:a, b", "role:c # why"\n'],
    ["a quoted column with a comment", 'g, group:a, role:b, "# why"\n'],
  ])("not %s: a name is never guessed", (_name, text) => {
    expect(fix(text)).toEqual({ files: [{ path: "policies/0.csv", text }], applied: [] });
  });

  test("a second copy of a row goes, wherever it is", () => {
    const { files, applied } = fix(
      "p, role:a, b:c, allow\n",
      "# also\np,role:a,b:c,allow\ng, group:x, role:a\n",
    );
    expect(files[1]?.text).toBe("# also\ng, group:x, role:a\n");
    expect(applied).toEqual([
      { rule: "duplicate-row", file: "policies/1.csv", line: 2, before: "p,role:a,b:c,allow", after: [] },
    ]);
  });

  test("several mistakes of one line, and lines are told by the numbers they had", () => {
    const { files, applied } = fix("P, Role:a, b:c, Allow # why\np, role:a, b:d, ALLOW\n");
    expect(files[0]?.text).toBe("# why\np, role:a, b:c, allow\np, role:a, b:d, allow\n");
    expect(applied.map(({ line }) => line)).toEqual([1, 1, 1, 1, 2]);
  });

  test("the byte order mark, Windows line endings and the end of the file stay as they are", () => {
    expect(fixed("\uFEFFP, role:a, b:c, allow # why\r\np, role:a, b:d, Allow")).toBe(
      "\uFEFF# why\r\np, role:a, b:c, allow\r\np, role:a, b:d, allow",
    );
  });

  test("every rule that is said to be fixable was tried here", () => {
    expect(FIXABLE_RULES).toEqual([
      "blank-at-edge",
      "condition-shape",
      "duplicate-row",
      "effect",
      "empty-field",
      "inline-comment",
      "invisible-character",
      "needless-quotes",
      "route-shape",
      "spreadsheet-file",
      "subject-prefix",
      "too-many-columns",
      "unknown-row-type",
    ]);
  });
});
