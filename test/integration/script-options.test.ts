import { spawnSync } from "node:child_process";
import { join } from "node:path";

const ROOT = join(__dirname, "../..");

function script(file: string, ...args: readonly string[]) {
  const run = spawnSync(process.execPath, ["--import", "tsx", file, ...args], {
    cwd: ROOT,
    encoding: "utf8",
  });
  return { status: run.status, stdout: run.stdout, stderr: run.stderr };
}

describe("a script of this repository", () => {
  test.each([
    ["bench/load.ts", "npm run bench:load"],
    ["bench/decision.ts", "npm run bench:NAME"],
    ["test/differential/proof.ts", "npm run test:proof"],
  ])("prints its options, and does nothing else: %s --help", (file, command) => {
    const { status, stdout, stderr } = script(file, "--help");
    expect([status, stderr]).toEqual([0, ""]);
    expect(stdout.startsWith(command)).toBe(true);
  });

  test("names a wrong option, with those that it has", () => {
    const { status, stdout, stderr } = script("test/differential/proof.ts", "--pair", "5");
    expect([status, stdout]).toEqual([2, ""]);
    expect(stderr).toMatch(/Unknown option '--pair'/);
    expect(stderr).toContain("--pairs N");
  });

  test("names what is not a number", () => {
    expect(script("bench/load.ts", "--invocations", "1e6")).toEqual({
      status: 2,
      stdout: "",
      stderr: "--invocations takes a whole number from 1000, not `1e6`\n",
    });
  });
});
