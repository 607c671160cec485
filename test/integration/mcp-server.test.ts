import { type ChildProcessWithoutNullStreams, execFileSync, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { BARE_ENVIRONMENT } from "../support/bare-environment.ts";
import { claimgateProgram } from "../support/claimgate-command.ts";
import { projectFolder } from "../support/project-folder.ts";

// `claimgate mcp` as a client starts it, message by message. test/package drives it with the client of the SDK.

interface Answer {
  readonly id?: number;
  readonly result?: Readonly<Record<string, unknown>> & {
    readonly isError?: boolean;
    readonly content?: readonly { readonly text: string }[];
    readonly structuredContent?: { readonly exitStatus: number; readonly answer: Record<string, unknown> };
  };
  readonly error?: { readonly code: number; readonly message: string };
}

const project = projectFolder("mcp");
const service = join(project.folder, "a service");
const tools = join(project.folder, "bin");
const git = (...args: readonly string[]) =>
  execFileSync("git", ["-c", "user.name=t", "-c", "user.email=t@example.com", ...args], { cwd: service });

const servers: ChildProcessWithoutNullStreams[] = [];

beforeAll(() => {
  cpSync("policies", join(service, "policies"), { recursive: true });
  git("init", "--quiet", "--initial-branch=main");
  git("add", ".");
  git("commit", "--quiet", "-m", "The policy");
  // Stands before the real git: it writes down what it is given, and is slow when asked for one revision.
  mkdirSync(tools);
  const real = execFileSync("sh", ["-c", "command -v git"], { encoding: "utf8" }).trim();
  const seen = join(project.folder, "environment");
  writeFileSync(
    join(tools, "git"),
    `#!/bin/sh\nenv >>"${seen}"\ncase "$*" in *slow-one*) exec sleep 30 ;; esac\nexec "${real}" "$@"\n`,
  );
  chmodSync(join(tools, "git"), 0o755);
});

afterAll(() => {
  for (const server of servers) server.kill("SIGKILL");
  project.remove();
});

/** Starts the server, and opens the connection. */
async function opened(args: readonly string[] = [], cwd = service) {
  const server = spawn(process.execPath, [claimgateProgram(), "mcp", ...args], {
    cwd,
    env: {
      ...BARE_ENVIRONMENT,
      PATH: `${tools}:${process.env["PATH"] ?? ""}`,
      AWS_SECRET_ACCESS_KEY: "not-for-tools",
      GITHUB_TOKEN: "not-for-tools",
    },
  });
  servers.push(server);
  const waiting = new Map<number, (answer: Answer) => void>();
  createInterface({ input: server.stdout }).on("line", (line) => {
    const answer = JSON.parse(line) as Answer;
    if (answer.id !== undefined) waiting.get(answer.id)?.(answer);
  });
  let last = 0;
  const send = (message: object) => server.stdin.write(`${JSON.stringify({ jsonrpc: "2.0", ...message })}\n`);
  const ask = (method: string, params: object = {}): Promise<Answer> => {
    last += 1;
    const id = last;
    return new Promise((resolve) => {
      waiting.set(id, resolve);
      send({ id, method, params });
    });
  };
  const call = async (name: string, input: object = {}) => {
    const { result, error } = await ask("tools/call", { name, arguments: input });
    return { ...result, error, said: result?.content?.[0]?.text, answer: result?.structuredContent?.answer };
  };
  const hello = await ask("initialize", {
    protocolVersion: "2025-11-25",
    capabilities: {},
    clientInfo: { name: "test", version: "1" },
  });
  send({ method: "notifications/initialized" });
  return { server, ask, call, send, hello, lastId: () => last };
}

/** Every file below a folder, with its content. */
function contents(folder: string): ReadonlyMap<string, string> {
  const files = readdirSync(folder, { recursive: true, encoding: "utf8", withFileTypes: true });
  const paths = files.filter((one) => one.isFile()).map((one) => join(one.parentPath, one.name));
  return new Map(paths.sort().map((path) => [path, readFileSync(path, "latin1")]));
}

it("says which tools it has, and that they only read", async () => {
  const { ask, hello } = await opened();
  expect(hello.result).toMatchObject({ protocolVersion: "2025-11-25", serverInfo: { name: "claimgate" } });
  const { result } = await ask("tools/list");
  const tools = result?.["tools"] as readonly { name: string; annotations: object; inputSchema: object }[];
  expect(tools.map(({ name }) => name)).toEqual([
    "check",
    "test",
    "explain",
    "who-can",
    "what-can",
    "diff",
    "prove",
  ]);
  for (const { annotations, inputSchema } of tools) {
    expect(annotations).toMatchObject({ readOnlyHint: true, openWorldHint: false });
    expect(inputSchema).toMatchObject({ additionalProperties: false });
  }
});

it("follows a change: the finding of a typo, what a row widens, the proof that it is undone", async () => {
  const { call } = await opened();
  const file = join(service, "policies/roles.csv");
  const before = readFileSync(file, "utf8");
  try {
    writeFileSync(file, `${before}p, role:trainee, orders:refnd, allow\n`);
    expect((await call("check")).answer).toMatchObject({
      findings: expect.arrayContaining([
        expect.objectContaining({ rule: "permission-without-route", line: before.split("\n").length }),
      ]) as unknown,
    });
    writeFileSync(file, `${before}p, role:trainee, reports:read, allow\n`);
    const { answer } = await call("diff", { base: "HEAD" });
    expect(answer).toMatchObject({ widens: true });
    expect((await call("prove", { base: "main", head: "policies" })).answer).toMatchObject({
      verdict: "wider",
    });
  } finally {
    writeFileSync(file, before);
  }
  expect((await call("prove", { base: "HEAD" })).answer).toMatchObject({ verdict: "equal" });
});

it("answers who may, what a caller may, and why", async () => {
  const { call } = await opened();
  const refund = "POST /orders/{orderId}/refund";
  const explained = await call("explain", { subjects: ["group:trainees"], target: refund });
  expect(explained).toMatchObject({ isError: false, answer: { effect: "deny", reason: "denied_by_row" } });
  const own = { subjects: ["group:customers"], target: "GET /users/42/orders", claims: { sub: "42" } };
  expect((await call("explain", own)).answer).toMatchObject({ effect: "allow" });
  expect((await call("explain", { ...own, claims: { sub: "43" } })).answer).toMatchObject({ effect: "deny" });
  expect((await call("who-can", { target: refund })).isError).toBe(false);
  expect((await call("what-can", { subjects: ["group:support"] })).isError).toBe(false);
  expect((await call("test")).answer).toMatchObject({ failed: 0 });
});

it("tells an agent what is wrong with its question, and goes on", async () => {
  const { call } = await opened();
  expect(await call("explain", { subjects: ["group:a"] })).toMatchObject({ isError: true });
  const withToken = { subjects: ["group:a"], target: "GET /orders", token: "/etc/passwd" };
  expect((await call("explain", withToken)).said).toMatch(/additional properties/);
  expect(await call("diff", { base: "no-such-revision" })).toMatchObject({
    isError: true,
    answer: { error: { code: "command_usage" } },
  });
  expect((await call("fix")).error?.message).toMatch(/fix/);
  expect((await call("check")).isError).toBe(false);
});

it("does not leave its root, and takes no revision for an option", async () => {
  const { call } = await opened();
  for (const base of ["..", "/etc", "policies/../..", "--output=x", "-h"]) {
    const { isError, said } = await call("diff", { base });
    expect({ base, isError, said }).toMatchObject({
      isError: true,
      said: expect.stringMatching(/leads out of the root|begins like an option/) as unknown,
    });
  }
});

it("reads no policy outside of its root, whatever an edit of the service names", async () => {
  const { call } = await opened();
  const outside = join(project.folder, "outside");
  mkdirSync(outside);
  writeFileSync(join(outside, "roles.csv"), "p, group:secret, orders:read, allow\n");
  const settings = join(service, "serverless.yml");
  const named =
    "service: s\nplugins:\n  - claimgate/serverless\ncustom:\n  claimgate:\n    policies: ../outside\n";
  writeFileSync(settings, named);
  const byName = await call("who-can", { target: "orders:read" });
  rmSync(settings);
  renameSync(join(service, "policies"), join(service, "kept"));
  symlinkSync(outside, join(service, "policies"), "dir");
  const byLink = await call("who-can", { target: "orders:read" });
  rmSync(join(service, "policies"));
  renameSync(join(service, "kept"), join(service, "policies"));
  for (const { isError, said } of [byName, byLink]) {
    expect({ isError, said }).toEqual({
      isError: true,
      said: expect.stringMatching(/^the policy directory `.*` leads out of the root$/) as unknown,
    });
  }
  expect((await call("who-can", { target: "orders:read" })).isError).toBe(false);
});

it("does not start with a policy outside of its root", async () => {
  const args = [claimgateProgram(), "mcp", "--policies", "../outside"];
  const { status, stderr } = spawnSync(process.execPath, args, { cwd: service, encoding: "utf8" });
  expect({ status, stderr }).toEqual({
    status: 1,
    stderr: expect.stringMatching(/the policy directory `..\/outside` leads out of the root/) as unknown,
  });
});

it("changes no file, not even of git", async () => {
  const { call } = await opened();
  const before = contents(service);
  await call("check");
  await call("test", { coverage: true });
  await call("explain", { subjects: ["group:support"], target: "GET /orders" });
  await call("who-can", { target: "GET /orders" });
  await call("what-can", { subjects: ["group:support"] });
  await call("diff", { base: "HEAD" });
  await call("prove", { base: "HEAD" });
  expect(contents(service)).toEqual(before);
});

it("gives its tools no credentials, and keeps git on this machine", async () => {
  const { call } = await opened();
  await call("diff", { base: "HEAD" });
  const environment = readFileSync(join(project.folder, "environment"), "utf8");
  expect(environment).toMatch(/^GIT_NO_LAZY_FETCH=1$/m);
  expect(environment).not.toContain("not-for-tools");
});

it("stops a call that is cancelled, and answers the next one", async () => {
  const { ask, call, send, lastId } = await opened();
  void ask("tools/call", { name: "diff", arguments: { base: "slow-one" } });
  send({ method: "notifications/cancelled", params: { requestId: lastId() } });
  expect((await call("check")).isError).toBe(false);
}, 20_000);

it("has the root that it was started with", async () => {
  const { call } = await opened(["--root", "a service"], project.folder);
  expect((await call("check")).answer).toMatchObject({ errors: 0 });
  const wrong = spawn(process.execPath, [claimgateProgram(), "mcp", "--root", "nowhere"], { cwd: service });
  let said = "";
  wrong.stderr.on("data", (chunk: Buffer) => {
    said += chunk.toString();
  });
  expect(await once(wrong, "close")).toEqual([1, null]);
  expect(said).toMatch(
    /the root `nowhere` cannot be used: .*\[command_usage\]\n {2}give the folder of the service/,
  );
});

it("ends when the client goes", async () => {
  const { server } = await opened();
  server.stdin.end();
  expect(await once(server, "close")).toEqual([0, null]);
  expect(existsSync(service)).toBe(true);
});
