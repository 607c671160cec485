import { compilePolicy, type PolicySources } from "../../../src/policy/compile.ts";
import { PolicyError } from "../../../src/policy/finding.ts";
import { verifyCompiled } from "../../../src/policy/verify-compiled.ts";
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

  test("refuses a compiled policy that somebody edited, row by row and field by field", () => {
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
});
