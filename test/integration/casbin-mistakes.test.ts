import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { CheckJson } from "../../src/tools/cli/check/check-contract.ts";
import { MISTAKES, RIGHT } from "../support/casbin-mistakes.ts";
import { runClaimgate } from "../support/claimgate-command.ts";

let cwd: string;
beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), "claimgate-mistakes-"));
  mkdirSync(join(cwd, "policies"));
  copyFileSync("policies/model.conf", join(cwd, "policies/model.conf"));
});
afterEach(() => rmSync(cwd, { recursive: true, force: true }));

async function check(lines: readonly string[], ...args: readonly string[]) {
  writeFileSync(join(cwd, "policies/roles.csv"), lines.map((line) => `${line}\n`).join(""));
  return runClaimgate(["check", ...args], { cwd });
}

describe("claimgate check, on every mistake that stock casbin takes", () => {
  test.each(MISTAKES)("%s (casbin: %s)", async (_id, _outcome, lines, expected) => {
    const { code, stdout, stderr } = await check([...RIGHT, ...lines], "--format", "json");
    const { findings } = JSON.parse(stdout) as CheckJson;
    expect(findings.map(({ line, column, rule }) => `${line}:${column} ${rule}`)).toEqual(expected);
    expect({ code, stderr }).toEqual({ code: 3, stderr: "" });
  });

  test("all at once: each is there, with its own line and a caret below it", async () => {
    const all = MISTAKES.flatMap(([, , lines]) => lines);
    const { code, stdout } = await check([...RIGHT, ...all]);
    expect(code).toBe(3);
    const shown = [
      ...stdout.matchAll(
        /^policies\/roles\.csv:(\d+):\d+: (?:error|warning|info): .*\n +(\d+) \| (.*)\n {6}\| ( *)\^$/gm,
      ),
    ];
    expect(shown.length).toBeGreaterThanOrEqual(40);
    for (const [, line, number, text] of shown) {
      expect(number).toBe(line);
      const written = [...RIGHT, ...all][Number(line) - 1] ?? "";
      expect(text).toBe(written.replaceAll("\t", " ").replaceAll("\u200B", "\uFFFD"));
    }
  });

  test("an empty policy", async () => {
    expect((await check([], "--format", "github")).stdout).toContain("title=empty-policy::");
  });
});
