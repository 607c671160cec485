import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type BuildFailure, build } from "esbuild";
import {
  brief,
  likelyFix,
  moreFindings,
  PolicyError,
  printFinding,
  printFindings,
  type Suggestion,
  withSuggestions,
} from "../../../src/policy/finding.ts";
import { policyPlugin } from "../../../src/tools/packaging/policy-plugin.ts";
import { MODEL } from "../../support/policy.ts";

const findings = Array.from({ length: 150 }, (_, n) => ({
  rule: "row-type",
  file: "policies/wrong.csv",
  line: n + 1,
  column: 1,
  message: "wrong",
}));
const CLOSING = "... and 50 findings more; `claimgate check --max-findings 0` prints all";

describe("findings for people", () => {
  test("are the first hundred, and how many are left", () => {
    const lines = printFindings(findings);
    expect(lines).toHaveLength(101);
    expect(lines[99]).toBe("policies/wrong.csv:100:1: wrong [row-type]");
    expect(lines[100]).toBe(CLOSING);
    expect(printFindings(findings.slice(0, 100))).toHaveLength(100);
  });

  test("are the message of an error, which has all of them as a property", () => {
    const error = new PolicyError(findings);
    expect(error.message.split("\n").at(-1)).toBe(CLOSING);
    expect(error.findings).toHaveLength(150);
  });

  test("are what a build prints", async () => {
    const directory = mkdtempSync(join(tmpdir(), "claimgate-findings-"));
    writeFileSync(join(directory, "model.conf"), MODEL.text);
    writeFileSync(join(directory, "wrong.csv"), "x, y\n".repeat(150));
    const built = build({
      entryPoints: ["src/handlers/pre-sign-up.ts"],
      bundle: true,
      write: false,
      platform: "node",
      format: "esm",
      conditions: ["claimgate-source"],
      plugins: [policyPlugin(directory)],
      external: ["@aws-sdk/*"],
      logLevel: "silent",
      outdir: "unwritten",
    });
    const failure = await built.catch((error: BuildFailure) => error.errors.map(({ text }) => text));
    rmSync(directory, { recursive: true });
    const texts = Array.isArray(failure) ? failure : [];
    expect(texts.filter((text) => text.includes("wrong.csv:"))).toHaveLength(100);
    expect(texts).toContain(CLOSING);
  });
});

const ROW = { rule: "effect", file: "a.csv", line: 2, column: 3, message: "wrong" };

test.each([
  [1, "... and 1 finding more"],
  [2, "... and 2 findings more"],
  [12_345, "... and 12,345 findings more"],
])("%d findings more are counted in a line of their own", (left, start) => {
  expect(moreFindings(left)).toBe(`${start}; \`claimgate check --max-findings 0\` prints all`);
});

test("a finding is printed with its place, its fix if it has one, and its rule", () => {
  expect(printFinding(ROW)).toBe("a.csv:2:3: wrong [effect]");
  expect(printFinding({ ...ROW, fix: "write it" })).toBe("a.csv:2:3: wrong; write it [effect]");
});

test("the findings of an error are sorted by place, and by rule within one", () => {
  const other = { ...ROW, rule: "a-rule" };
  const before = { ...ROW, line: 1 };
  const error = new PolicyError([ROW, other, before]);
  expect(error.findings).toEqual([before, other, ROW]);
  expect(error).toMatchObject({ code: "policy_invalid" });
  expect(error.message).toBe(
    "a.csv:1:3: wrong [effect]\na.csv:2:3: wrong [a-rule]\na.csv:2:3: wrong [effect]",
  );
});

describe("a finding about a string of any length", () => {
  const long = `begin ${"x".repeat(600)} end`;

  test("keeps both ends of what it quotes, and its short texts", () => {
    const { message, ...rest } = brief({ ...ROW, message: long, fix: "write it" });
    expect(message).toBe(`${long.slice(0, 300)} ... ${long.slice(-300)}`);
    expect(rest).toEqual({ rule: "effect", file: "a.csv", line: 2, column: 3, fix: "write it" });
    expect(brief({ ...ROW, fix: long })).toEqual({ ...ROW, fix: message });
    expect(brief({ ...ROW, message: long })).toEqual({ ...ROW, message });
    expect(new PolicyError([{ ...ROW, message: long }]).findings).toEqual([{ ...ROW, message }]);
  });

  test("is left alone up to 600 characters", () => {
    const most = "x".repeat(600);
    expect(brief({ ...ROW, message: most, fix: most })).toEqual({ ...ROW, message: most, fix: most });
    expect(brief({ ...ROW, message: most, fix: long })).toMatchObject({ message: most });
    expect(brief({ ...ROW, message: `${most}x` }).message).toHaveLength(605);
  });
});

describe("what to do about a finding", () => {
  const suggestions: Suggestion[] = ["allow", "deny"].map((meant) => ({
    meant,
    edits: [{ file: "a.csv", line: 2, column: 3, length: 4, text: meant }],
  }));

  test("is the guide without a suggestion, else a question and what follows it", () => {
    expect(likelyFix([], "write it", "; rest")).toEqual({ fix: "write it" });
    expect(likelyFix(suggestions, "write it")).toEqual({
      fix: "did you mean `allow` or `deny`?",
      suggestions,
      guide: "write it",
    });
    expect(likelyFix(suggestions.slice(1), "write it", "; else delete it").fix).toBe(
      "did you mean `deny`?; else delete it",
    );
  });

  test("follows from the suggestions that are kept", () => {
    const finding = { ...ROW, ...likelyFix(suggestions, "write it", "; else delete it") };
    expect(withSuggestions(finding, suggestions)).toBe(finding);
    expect(withSuggestions(finding, suggestions.slice(0, 1))).toEqual({
      ...ROW,
      ...likelyFix(suggestions.slice(0, 1), "write it", "; else delete it"),
    });
    expect(withSuggestions(finding, [])).toEqual({ ...ROW, fix: "write it" });
    expect(withSuggestions(ROW, [])).toBe(ROW);
    const { guide: _, ...unguided } = finding;
    expect(withSuggestions(unguided, []).fix).toBe(finding.fix);
  });
});
