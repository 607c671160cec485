import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

const directory = mkdtempSync(join(tmpdir(), "claimgate-demo-"));
const file = join(directory, "policies/roles.csv");

beforeEach(() => cpSync("policies", join(directory, "policies"), { recursive: true, force: true }));

afterAll(() => rmSync(directory, { recursive: true, force: true }));

function demo() {
  const { NODE_OPTIONS: _ignored, ...env } = process.env;
  const tsx = resolve("node_modules/tsx/dist/loader.mjs");
  const args = ["--import", tsx, resolve("src/tools/local/demo/demo.ts")];
  const { status, stderr } = spawnSync(process.execPath, args, { cwd: directory, env, encoding: "utf8" });
  return { status, stderr };
}

const WAY_OUT = "git stash your changes, then run npm run demo again";

test("npm run demo says in one line which row it edits that is not there", () => {
  const text = readFileSync(file, "utf8");
  writeFileSync(file, text.replace("orders:read, allow", "orders:read, alow"));

  expect(demo()).toEqual({
    status: 1,
    stderr: `the demos edit the row "p, role:customer, orders:read, allow" of roles.csv, but the file does not have it: ${WAY_OUT}\n`,
  });
}, 60_000);

test("npm run demo says in one line where the policy has an error", () => {
  writeFileSync(file, `${readFileSync(file, "utf8")}p, role:customer, orders:list, alow\n`);

  const { status, stderr } = demo();

  expect(status).toBe(1);
  expect(stderr).toMatch(
    new RegExp(`^the demos need a policy without errors, and .*roles\\.csv:\\d+ has one: ${WAY_OUT}\n$`),
  );
}, 60_000);
