import { execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import type { DecisionRequest } from "../../src/policy/decision.ts";
import { loadPolicy } from "../../src/policy/load.ts";
import type { Subject } from "../../src/policy/subject.ts";
import type { UnusedJson } from "../../src/tools/cli/judge/judge-contract.ts";
import type { Replay } from "../../src/tools/decision-log/replay.ts";
import { readPolicyDirectory } from "../../src/tools/machine/policy-files.ts";
import { runClaimgate } from "../support/claimgate-command.ts";
import { decisionLine } from "../support/decision-log-lines.ts";

const CALLS: readonly (readonly [route: string, ...subjects: Subject[]])[] = [
  ["GET /orders", "role:authenticated", "user:s1", "group:support"],
  ["POST /orders/{orderId}/refund", "role:authenticated", "user:s1", "group:support"],
  ["POST /orders/{orderId}/refund", "role:authenticated", "user:t1", "group:trainees"],
  ["DELETE /orders/{orderId}", "role:authenticated", "user:s2", "group:support"],
  ["GET /reports/orders", "role:machine", "client:reporting"],
];

let cwd: string;
let lines: string[];

beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), "claimgate-log-"));
  cpSync("policies", join(cwd, "policies"), { recursive: true });
  const policy = loadPolicy(readPolicyDirectory(join(cwd, "policies")));
  lines = CALLS.map(([route, ...subjects], index) => {
    const request: DecisionRequest = { route, subjects, parameters: { orderId: "o1" }, claims: {} };
    return decisionLine(policy, request, {
      requestId: `r${index}`,
      time: `2026-11-1${index}T08:00:00.000Z`,
    });
  });
  write("decisions.log", `${lines.join("\n")}\n`);
});
afterEach(() => rmSync(cwd, { recursive: true, force: true }));

function write(name: string, content: string | Buffer): void {
  writeFileSync(join(cwd, name), content);
}

/** Changes a file of the policy. */
function edit(name: string, from: string, to: string): void {
  const path = join("policies", name);
  const text = readFileSync(join(cwd, path), "utf8");
  expect(text).toContain(from);
  write(path, text.replace(from, to));
}

const claimgate = (args: readonly string[], input?: string | Buffer) =>
  runClaimgate(args, input === undefined ? { cwd } : { cwd, input });
const json = <T>(text: string) => JSON.parse(text) as T;

describe("claimgate replay", () => {
  test("exits with status 0 where nothing would change", async () => {
    const run = await claimgate(["replay", "decisions.log"]);
    expect(run).toMatchObject({ code: 0, stderr: "" });
    expect(run.stdout).toContain("5 decisions on 5 days, 2026-11-10 to 2026-11-14");
    expect(run.stdout).toContain("5 unchanged, 0 would change");
  });

  test("shows what widens, by which row, and exits with status 2", async () => {
    edit("roles.csv", "p, role:support, orders:refund, allow", "p, role:support, orders:*, allow");
    const run = await claimgate(["replay", "decisions.log"]);
    expect(run.code).toBe(2);
    expect(run.stdout).toContain("WIDENS  DELETE /orders/{orderId}   deny -> allow   1 time, 1 user");
    expect(run.stdout).toContain("subjects  group:support, role:authenticated");
    expect(run.stdout).toContain("now       p, role:support, orders:*, allow  (policies/roles.csv:");
    expect(run.stdout).toContain("example   request r3, 2026-11-13T08:00:00.000Z");
    expect(run.stdout).toContain("4 unchanged, 1 would change, 1 of them from deny to allow");
  });

  test("with --fail-on widening exits with status 0 where access only narrows", async () => {
    edit("groups.csv", "g, group:support, role:support\n", "");
    expect((await claimgate(["replay", "decisions.log"])).code).toBe(2);
    expect((await claimgate(["replay", "decisions.log", "--fail-on", "widening"])).code).toBe(0);
  });

  test("reads standard input, gzip, prefixed lines and what the AWS CLI prints, all alike", async () => {
    const events = { events: lines.map((message) => ({ message: `${message}\n` })), searchedLogStreams: [] };
    write("events.json", JSON.stringify(events, null, 4));
    write("export.gz", gzipSync(lines.map((line) => `2026-11-10T08:00:00.000Z ${line}\n`).join("")));
    const text = `START RequestId: 1\n${lines.join("\n")}`;
    const runs = await Promise.all([
      claimgate(["replay", "events.json", "--format", "json"]),
      claimgate(["replay", "export.gz", "--format", "json"]),
      claimgate(["replay", "-", "--format", "json"], text),
      claimgate(["replay", "-", "--format", "json"], gzipSync(text)),
    ]);
    for (const run of runs) {
      expect(run).toMatchObject({ code: 0, stderr: "" });
      expect(json<Replay>(run.stdout)).toMatchObject({ unchanged: 5, log: { decisions: 5, days: 5 } });
    }
  });

  test("counts and explains what it cannot decide again, and then does not end with 0", async () => {
    edit(
      "roles.csv",
      "p, role:support, orders:refund, allow",
      "p, role:support, orders:refund, allow, {orderId}=sub",
    );
    const run = await claimgate(["replay", "-"], `${lines.join("\n")}\n{"kind":"decision","subjects"`);
    expect(run.code).toBe(1);
    expect(run.stdout).toContain(
      "POST /orders/{orderId}/refund   allow then   1 time: the log has no values for {orderId}=sub",
    );
    expect(run.stdout).toContain("1 line cannot be read: 1 it is not whole");
    const ignoring = await claimgate(["replay", "decisions.log", "--ignore-undecided"]);
    expect(ignoring.code).toBe(0);
  });

  test("lets no name of a log steer the terminal", async () => {
    edit("groups.csv", "g, group:support, role:support\n", "");
    const evil = lines.map((line) =>
      line.replace("group:support", "group:support\\u001b[2J").replace("r0", "\\u001b]0;x"),
    );
    write("evil.log", evil.join("\n"));
    const run = await claimgate(["replay", "evil.log"]);
    expect(run.stdout).toContain("group:support\\u001b[2J");
    expect(run.stdout).not.toContain("\u001b");
  });

  test.each([
    [["replay", "missing.log"], "the log `missing.log` cannot be read: it does not exist", "log_unreadable"],
    [["replay", "policies"], "the log `policies` cannot be read: it is a directory", "log_unreadable"],
    [["replay", "policies/roles.csv"], "the log contains no decision", "log_without_decisions"],
    [["replay", "broken.gz"], "the log `broken.gz` cannot be read: unexpected end of file", "log_unreadable"],
    [
      ["replay", "decisions.log", "--since", "2026-12-01"],
      "the log has 5 decisions, none in the requested period",
      "log_without_decisions",
    ],
    [
      ["replay", "decisions.log", "--since", "2026-02-30"],
      "`--since 2026-02-30` is not a time",
      "command_usage",
    ],
    [
      ["replay", "decisions.log", "--since", "2026-02-03", "--until", "2026-02-03"],
      "`--since` is not before `--until`",
      "command_usage",
    ],
    [
      ["unused", "missing.log", "--since", "90d"],
      "the log `missing.log` cannot be read: it does not exist",
      "log_unreadable",
    ],
  ])("says why it could not run: %j", async (args, message, code) => {
    write("broken.gz", gzipSync(lines.join("\n")).subarray(0, -12));
    const run = await claimgate(args);
    expect(run.code).toBe(1);
    expect(run.stderr).toContain(message);
    expect(run.stderr).toContain(`[${code}]`);
  });
});

describe("claimgate unused", () => {
  test("says what the log had no use of, and on what that rests", async () => {
    const run = await claimgate(["unused", "decisions.log", "--since", "2026-11-10"]);
    expect(run).toMatchObject({ code: 0, stderr: "" });
    expect(run.stdout).toContain(
      "5 decisions on 5 days, 2026-11-10 to 2026-11-14; requested since 2026-11-10",
    );
    expect(run.stdout).toMatch(/ {2}policies\/roles\.csv:\d+ {2}p, role:admin, orders:delete, allow\n/);
    expect(run.stdout).not.toContain("p, role:support, orders:refund, allow");
    expect(run.stdout).not.toMatch(/ {2}p, .*deny/);
    expect(run.stdout).not.toContain("role:suspended");
  });

  test("warns where the log begins later than what was asked for", async () => {
    const run = await claimgate(["unused", "decisions.log", "--since", "2026-08-01"]);
    expect(run.stdout).toContain("the log begins on 2026-11-10, later than 2026-08-01");
    const patch = await claimgate(["unused", "decisions.log", "--since", "2026-08-01", "--format", "patch"]);
    expect(patch.stderr).toContain("the log begins on 2026-11-10, later than 2026-08-01");
  });

  test("prints an edit that git applies, and after it the log replays without a change", async () => {
    const run = await claimgate(["unused", "decisions.log", "--since", "2026-11-10", "--format", "patch"]);
    execFileSync("git", ["apply", "-"], { cwd, input: run.stdout, stdio: "pipe" });
    const replay = await claimgate(["replay", "decisions.log"]);
    expect(replay.stdout).toContain("5 unchanged, 0 would change");
    const again = await claimgate(["unused", "decisions.log", "--since", "2026-11-10", "--format", "json"]);
    expect(json<UnusedJson>(again.stdout)).toMatchObject({ rows: [], patch: "", logBeginsLater: false });
  });

  test("needs to be told how far back to look", async () => {
    const run = await claimgate(["unused", "decisions.log"]);
    expect(run.code).toBe(1);
    expect(run.stderr).toContain("--since");
  });
});

describe("a command that reads the policy", () => {
  const COMMANDS = [
    ["replay", "decisions.log"],
    ["unused", "decisions.log", "--since", "90d"],
    ["report", "-o", "access.html"],
  ];

  test.each(COMMANDS)(
    "exits with status 3 and all findings where the policy is not valid: %s",
    async (...args) => {
      write("policies/roles.csv", "p, role:viewer, orders:read, maybe\np, viewer, orders:read, allow\n");
      const run = await claimgate(args);
      expect(run).toMatchObject({ code: 3, stdout: "" });
      expect(run.stderr).toMatch(
        /policies\/roles\.csv:1:30: .*\[effect\]\npolicies\/roles\.csv:2:4: .*\n.*\[policy_invalid\]/,
      );
      const told = await claimgate([...args, "--format", "json"]);
      expect(told.code).toBe(3);
      expect(JSON.parse(told.stdout)).toMatchObject({
        error: { code: "policy_invalid", findings: [{ rule: "effect", line: 1 }, { line: 2 }] },
      });
    },
  );

  test.each(COMMANDS)("says which directory it looked for: %s", async (...args) => {
    const run = await claimgate([...args, "--policies", "elsewhere"]);
    expect(run.code).toBe(1);
    expect(run.stderr).toContain("the directory `elsewhere` does not exist");
    expect(run.stderr).toContain("[policies_unreadable]");
  });
});
