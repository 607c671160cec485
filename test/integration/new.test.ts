import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { BARE_ENVIRONMENT } from "../support/bare-environment.ts";
import { packedPackage } from "../support/packed-package.ts";
import { unzip } from "../support/unzip.ts";

// Services that `claimgate new` of the packed package writes, in a path with a space, with the package as npm installs
// it. The framework and esbuild are those of this checkout.

const parent = mkdtempSync(join(tmpdir(), "claimgate-new-"));
const home = join(parent, "my projects");

interface Run {
  readonly status: number | null;
  readonly output: string;
}

function run(cwd: string, command: string, ...args: readonly string[]): Run {
  const env = { ...BARE_ENVIRONMENT, NO_COLOR: "1" };
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
    // Node 20 reports as TAP where nobody watches, Node 24 as for people.
    expect(output).toMatch(/^[#ℹ] pass 3$/mu);
    expect(status).toBe(0);
  });

  test("has the types that its functions need", () => {
    expect(run(service, process.execPath, join(home, "node_modules/typescript/bin/tsc"))).toEqual({
      status: 0,
      output: "",
    });
  });

  test("packages offline, and the packaged authorizer answers with tokens of its pool", () => {
    const { status, output } = run(service, process.execPath, join(home, SERVERLESS), "package");
    expect(output).toContain("Service packaged");
    expect(status).toBe(0);
    for (const [name, text] of unzip(readFileSync(join(service, ".serverless/authorizer.zip")))) {
      mkdirSync(dirname(join(service, "unpacked", name)), { recursive: true });
      writeFileSync(join(service, "unpacked", name), text);
    }
    writeFileSync(join(service, "ask.mjs"), ASK);
    const asked = run(service, process.execPath, "ask.mjs").output.split("\n");
    const invalid = gateway === "http" ? "deny" : "unauthorized";
    expect(asked.filter((line) => line.startsWith("asked "))).toEqual([
      "asked allow",
      "asked deny",
      `asked ${invalid}`,
    ]);
  });
});

const SERVERLESS = "node_modules/serverless/bin/serverless.js";

/** Asks the packaged authorizer about the recorded call of the service: an administrator, a member, an ID token. */
const ASK = `import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { verdictOf } from "./tests/answer.mjs";
import { accessToken, environment, publishKeys } from "./tests/user-pool.mjs";

Object.assign(process.env, environment);
publishKeys();
const { handler } = createRequire(import.meta.url)("./unpacked/src/authorizer.js");
const event = readFileSync("events/delete-note.json", "utf8");
for (const token of [
  accessToken("ada", ["admins"]),
  accessToken("alice", ["members"]),
  accessToken("ada", ["admins"], { token_use: "id" }),
]) {
  console.log("asked", await verdictOf(() => handler(JSON.parse(event.replaceAll("TOKEN", token)))));
}
`;
