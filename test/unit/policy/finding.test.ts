import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type BuildFailure, build } from "esbuild";
import { PolicyError, printFindings } from "../../../src/policy/finding.ts";
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

  test("are the message of an error, which has all of them beside it", () => {
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
