import { compilePolicy, type PolicySources } from "../../../src/policy/compile.ts";
import { PolicyError } from "../../../src/policy/finding.ts";
import { stalenessOf, verifyCompiled } from "../../../src/policy/verify-compiled.ts";
import { readPolicyDirectory } from "../../../src/tools/machine/policy-files.ts";
import { MODEL } from "../../support/policy.ts";
import { thrownBy } from "../../support/thrown.ts";

const sources = (text: string): PolicySources => ({ model: MODEL, rows: [{ path: "policies/a.csv", text }] });
const ROWS = "g2, GET /items, items:list\np, role:reader, items:list, allow\ng, group:readers, role:reader\n";

/** What a bundler reads back. */
const stored = (text: string) => JSON.parse(JSON.stringify(compilePolicy(sources(text)))) as object;

describe("verifying a compiled policy", () => {
  test("accepts what its rows compile to, in whatever order they are", () => {
    verifyCompiled(stored(ROWS), sources(ROWS));
    const directory = readPolicyDirectory("policies");
    verifyCompiled(compilePolicy(directory), { ...directory, rows: directory.rows.toReversed() });
  });

  test.each([
    [
      "a new row",
      `${ROWS}p, role:reader, items:read, allow\n`,
      /`p, role:reader, items:read, allow` \(policies\/a\.csv:4\) is not compiled in$/,
    ],
    [
      "a row that went",
      ROWS.replace(/^g, .*\n/m, ""),
      /`g, group:readers, role:reader` is compiled in and no longer a row$/,
    ],
    ["a comment that moved the rows", `# items\n${ROWS}`, /names files or lines that differ/],
  ])("refuses %s", (_what, now, message) => {
    const error = thrownBy(() => verifyCompiled(stored(ROWS), sources(now)));
    expect(error).toMatchObject({ code: "policy_stale" });
    expect(error).toMatchObject({ message: expect.stringMatching(message) as string });
  });

  test("names three rows of many, and counts the others", () => {
    const more = Array.from({ length: 9 }, (_, index) => `p, role:reader, item${index}:read, allow\n`).join(
      "",
    );
    expect(() => verifyCompiled(stored(ROWS), sources(ROWS + more))).toThrow(
      / and 6 more are not compiled in$/,
    );
  });

  test("refuses rows that do not compile by their findings", () => {
    const broken = sources(ROWS.replace("allow", "alow"));
    expect(() => verifyCompiled(stored(ROWS), broken)).toThrow(PolicyError);
  });

  test("refuses an edited compiled policy, row by row and field by field", () => {
    const directory = readPolicyDirectory("policies");
    const compiled = compilePolicy(directory);
    const edited: unknown[] = [
      ...compiled.rows.map((_, index) => ({
        ...compiled,
        rows: compiled.rows.filter((_row, at) => at !== index),
      })),
      { ...compiled, rows: [...compiled.rows, compiled.rows[0]] },
      { ...compiled, files: compiled.files.toReversed() },
      { ...compiled, version: "0123456789abcdef" },
      { ...compiled, model: `${compiled.model}\n` },
      { ...compiled, more: true },
      ...Object.keys(compiled).map((key) =>
        Object.fromEntries(Object.entries(compiled).filter(([name]) => name !== key)),
      ),
      { ...compiled, rows: ["p, role:a, b:c, allow"] },
      {},
      null,
      "",
    ];
    for (const one of edited) {
      expect(thrownBy(() => verifyCompiled(one, directory))).toMatchObject({ code: "policy_stale" });
    }
  });

  describe("says in one clause", () => {
    const current = compilePolicy(sources(ROWS));
    const differs = `the compiled policy has version 0123456789abcdef, but the rows have ${current.version}`;
    const old = { ...current, version: "0123456789abcdef" };
    const row = (name: string) => ["p", 0, 9, "role:x", `${name}:read`, "allow"];

    test.each<[what: string, stored: unknown, clause: string]>([
      ["nothing", undefined, "it is not a compiled policy"],
      ["rows that are no list", { ...current, rows: {} }, "it is not a compiled policy"],
      ["a row that is no list", { ...current, rows: [...current.rows, "p"] }, "it is not a compiled policy"],
      ["a version that is no text", { ...current, version: 5 }, "it is not a compiled policy"],
      ["another model", { ...old, model: "" }, `${differs}: it was compiled with another model.conf`],
      ["only another version", old, `${differs}, though their rows are the same`],
      [
        "a row less",
        { ...old, rows: current.rows.slice(1) },
        `${differs}: \`g, group:readers, role:reader\` (policies/a.csv:3) is not compiled in`,
      ],
      [
        "rows less",
        { ...old, rows: current.rows.slice(2) },
        `${differs}: \`g, group:readers, role:reader\` (policies/a.csv:3), \`g2, GET /items, items:list\` (policies/a.csv:1) are not compiled in`,
      ],
      [
        "a row more and one less",
        { ...old, rows: [...current.rows.slice(1), row("a")] },
        `${differs}: \`g, group:readers, role:reader\` (policies/a.csv:3) is not compiled in; \`p, role:x, a:read, allow\` is compiled in and no longer a row`,
      ],
      [
        "rows more",
        { ...old, rows: [...current.rows, row("a"), row("b"), row("c")] },
        `${differs}: \`p, role:x, a:read, allow\`, \`p, role:x, b:read, allow\`, \`p, role:x, c:read, allow\` are compiled in and no longer rows`,
      ],
      [
        "many rows more",
        { ...old, rows: [...current.rows, ...["a", "b", "c", "d", "e"].map(row)] },
        `${differs}: \`p, role:x, a:read, allow\`, \`p, role:x, b:read, allow\`, \`p, role:x, c:read, allow\` and 2 more are compiled in and no longer rows`,
      ],
      [
        "other lines",
        {
          ...current,
          rows: current.rows.map(([type, file, line, ...fields]) => [type, file, line + 1, ...fields]),
        },
        "the compiled policy names files or lines that differ from those of the rows, and decisions would name them",
      ],
      [
        "a key more",
        { ...current, more: 1 },
        "the compiled policy names files or lines that differ from those of the rows, and decisions would name them",
      ],
    ])("that it has %s", (_what, stored, clause) => {
      expect(stalenessOf(stored, current)).toBe(clause);
    });

    test("that it is current, by nothing", () => {
      expect(stalenessOf(current, current)).toBeUndefined();
    });
  });
});
