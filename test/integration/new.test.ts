import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { packedPackage } from "../support/packed-package.ts";

// Services that `claimgate new` of the packed package writes, in a path with a space, with the package as npm installs
// it. The framework and esbuild are those of this checkout.

const parent = mkdtempSync(join(tmpdir(), "claimgate-new-"));
const home = join(parent, "my projects");

interface Run {
  readonly status: number | null;
  readonly output: string;
}

function run(cwd: string, command: string, ...args: readonly string[]): Run {
  const { PATH = "" } = process.env;
  const env = { PATH, HOME: "/nonexistent", NO_COLOR: "1", AWS_EC2_METADATA_DISABLED: "true" };
  const { status, stdout, stderr } = spawnSync(command, args, { cwd, env, encoding: "utf8" });
  return { status, output: `${stdout}${stderr}` };
}

const claimgate = (...args: readonly string[]) =>
  run(home, join(home, "node_modules/.bin/claimgate"), ...args);

beforeAll(() => {
  mkdirSync(home, { recursive: true });
  writeFileSync(join(home, "package.json"), '{"name":"home","private":true}');
  execFileSync(
    "npm",
    ["install", "--silent", "--no-audit", "--no-fund", "--prefer-offline", packedPackage()],
    {
      cwd: home,
    },
  );
  for (const name of ["serverless", "serverless-esbuild", "esbuild", "typescript"]) {
    symlinkSync(resolve("node_modules", name), join(home, "node_modules", name), "dir");
  }
}, 180_000);

afterAll(() => rmSync(parent, { recursive: true, force: true }));

test("a directory that is not empty, and a name that Cognito would refuse, are refused", () => {
  expect(claimgate("new", ".").output).toContain("`my projects` cannot be the name of a service");
  expect(claimgate("new", ".", "--name", "notes").output).toContain("`.` is not empty; nothing was written");
  expect(claimgate("new", "my-aws").output).toContain("[command_usage]");
});

describe.each(["http", "rest"])("a new service with the gateway %s", (gateway) => {
  const service = join(home, gateway);

  beforeAll(() => {
    const { status, output } = claimgate("new", gateway, "--gateway", gateway, "--name", `notes-${gateway}`);
    expect(output).toContain(`  cd ${gateway}\n`);
    expect(status).toBe(0);
  });

  test("passes its own tests: its policy, and its authorizer with real tokens", () => {
    const { status, output } = run(service, "npm", "test");
    expect(output).toContain("12 of 12 rows tested (100 %)");
    expect(output).toMatch(/^# pass 3$/m);
    expect(status).toBe(0);
  });

  test("has the types that its functions need", () => {
    expect(run(service, process.execPath, join(home, "node_modules/typescript/bin/tsc"))).toEqual({
      status: 0,
      output: "",
    });
  });
});
