import { spawnSync } from "node:child_process";
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { parse } from "yaml";
import { objectOf, objectsOf, textOf } from "../../src/json.ts";
import { claimgateProgram } from "../support/claimgate-command.ts";
import { decisionLine } from "../support/decision-log-lines.ts";
import { samplePolicy } from "../support/policy.ts";

// The step of docs/ci.md that replays a log, run as GitHub runs it, with an `aws` that prints a log.

let cwd: string;
beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), "claimgate-ci-"));
  cpSync("policies", join(cwd, "policies"), { recursive: true });
  mkdirSync(join(cwd, "bin"));
  const request = {
    route: "DELETE /orders/{orderId}",
    subjects: ["role:authenticated", "user:s1", "group:support"],
    parameters: { orderId: "o1" },
    claims: {},
  } as const;
  const events = { events: [{ message: decisionLine(samplePolicy(), request) }] };
  writeFileSync(join(cwd, "log.json"), JSON.stringify(events, null, 4));
  program("aws", 'cat "$CLAIMGATE_TEST_LOG"');
  program(
    "npx",
    `[ "$1 $2" = "--no-install claimgate" ] && shift 2 && exec "${process.execPath}" "$PROGRAM" "$@"`,
  );
});
afterEach(() => rmSync(cwd, { recursive: true, force: true }));

function program(name: string, script: string): void {
  writeFileSync(join(cwd, "bin", name), `#!/bin/sh\n${script}\n`);
  chmodSync(join(cwd, "bin", name), 0o755);
}

function runStep() {
  const [, workflow = ""] =
    /^```yaml\n(name: policy[\s\S]*?)^```$/m.exec(readFileSync("docs/ci.md", "utf8")) ?? [];
  const steps = objectsOf(objectOf(objectOf(objectOf(parse(workflow))["jobs"])["replay"])["steps"]);
  const script = steps
    .flatMap(({ run }) => textOf(run) ?? [])
    .find((run) => run.includes("claimgate replay"));
  // As GitHub starts it where no shell is named; bash on its own would look for a person's settings.
  const { status, stdout, stderr } = spawnSync("bash", ["--norc", "-e", "-c", script ?? "exit 99"], {
    cwd,
    encoding: "utf8",
    env: {
      PATH: [join(cwd, "bin"), process.env["PATH"] ?? ""].join(delimiter),
      PROGRAM: claimgateProgram(),
      CLAIMGATE_TEST_LOG: join(cwd, "log.json"),
      LOG_GROUP: "/aws/lambda/claimgate-dev-httpAuthorizer",
      GITHUB_STEP_SUMMARY: join(cwd, "summary.md"),
    },
  });
  return { status, stdout, stderr, summary: readFileSync(join(cwd, "summary.md"), "utf8") };
}

describe("the workflow of docs/ci.md", () => {
  test("passes where the policy decides as before, and says so", () => {
    const run = runStep();
    expect(run).toMatchObject({ status: 0, stderr: "" });
    expect(run.summary).toContain("1 as before, 0 would change");
  });

  test("fails where somebody would get in, with the row in the summary", () => {
    const roles = join(cwd, "policies/roles.csv");
    writeFileSync(roles, `${readFileSync(roles, "utf8")}p, role:support, orders:delete, allow\n`);
    const run = runStep();
    expect(run.status).toBe(2);
    expect(run.stdout).toContain("WIDENS  DELETE /orders/{orderId}");
    expect(run.summary).toContain("p, role:support, orders:delete, allow");
  });
});
