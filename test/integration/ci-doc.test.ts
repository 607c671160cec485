import { execFileSync, spawnSync } from "node:child_process";
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { parse } from "yaml";
import { objectOf, objectsOf, textOf } from "../../src/json.ts";
import { claimgateProgram } from "../support/claimgate-command.ts";
import { decisionLine } from "../support/decision-log-lines.ts";
import { samplePolicy } from "../support/policy.ts";

// The steps of docs/ci.md and of action.yml, run as GitHub runs them, with an `aws` that prints a log and a `gh` that
// keeps a comment.

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
  program("aws", 'cat "$TEST_LOG"');
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

function stepsOfPage(): readonly Readonly<Record<string, unknown>>[] {
  const [, workflow = ""] =
    /^```yaml\n(name: policy[\s\S]*?)^```$/m.exec(readFileSync("docs/ci.md", "utf8")) ?? [];
  return objectsOf(objectOf(objectOf(objectOf(parse(workflow))["jobs"])["replay"])["steps"]);
}

function stepsOfAction(): readonly Readonly<Record<string, unknown>>[] {
  return objectsOf(objectOf(objectOf(parse(readFileSync("action.yml", "utf8")))["runs"])["steps"]);
}

/** Runs the step that calls a command: of the page for `replay`, else of the action. */
function runStep(command: string, env: Readonly<Record<string, string>> = {}) {
  const steps = command === "replay" ? stepsOfPage() : stepsOfAction();
  const script = steps
    .flatMap(({ run }) => textOf(run) ?? [])
    .find((run) => run.includes(`claimgate ${command}`));
  const output = join(cwd, "output");
  // As GitHub starts it where no shell is named; bash on its own would look for a person's settings.
  const { status, stdout, stderr } = spawnSync(
    "bash",
    ["--noprofile", "--norc", "-e", "-o", "pipefail", "-c", script ?? "exit 99"],
    {
      cwd,
      encoding: "utf8",
      env: {
        TMPDIR: tmpdir(),
        PATH: [join(cwd, "bin"), process.env["PATH"] ?? ""].join(delimiter),
        PROGRAM: claimgateProgram(),
        TEST_LOG: join(cwd, "log.json"),
        LOG_GROUP: "/aws/lambda/claimgate-dev-httpAuthorizer",
        GITHUB_STEP_SUMMARY: join(cwd, "summary.md"),
        GITHUB_OUTPUT: output,
        RUNNER_TEMP: cwd,
        ...env,
      },
    },
  );
  const summary = join(cwd, "summary.md");
  const written = (path: string) => (existsSync(path) ? readFileSync(path, "utf8") : "");
  return { status, stdout, stderr, summary: written(summary), output: written(output) };
}

describe("the workflow of docs/ci.md", () => {
  test("passes where the policy decides as before, and says so", () => {
    const run = runStep("replay");
    expect(run).toMatchObject({ status: 0, stderr: "" });
    expect(run.summary).toContain("1 unchanged, 0 would change");
  });

  test("fails where a change grants access, with the row in the summary", () => {
    const roles = join(cwd, "policies/roles.csv");
    writeFileSync(roles, `${readFileSync(roles, "utf8")}p, role:support, orders:delete, allow\n`);
    const run = runStep("replay");
    expect(run.status).toBe(2);
    expect(run.stdout).toContain("WIDENS  DELETE /orders/{orderId}");
    expect(run.summary).toContain("p, role:support, orders:delete, allow");
  });

  test("says in the pull request who gains, and passes with the label of a reviewer", () => {
    const said = join(cwd, "gh.txt");
    // Of comments it has what it was told of: none, or the address of the one that was found.
    program("gh", `printf '%s\\n' "$*" >>"${said}"; [ "$2" != view ] || cat "${join(cwd, "found.txt")}"`);
    writeFileSync(join(cwd, "found.txt"), "\n");
    const git = (...args: readonly string[]) => execFileSync("git", args, { cwd, encoding: "utf8" });
    git("init", "--quiet");
    git("add", "policies");
    git("-c", "user.name=t", "-c", "user.email=t@example.com", "commit", "--quiet", "-m", "Begin");
    const base = { BASE: git("rev-parse", "HEAD").trim() };
    expect(runStep("prove", base)).toMatchObject({ status: 0, stderr: "", output: "verdict=equal\n" });
    const request = {
      ...base,
      COMMENT: "true",
      REQUEST: "https://example.com/pull/1",
      FOLDER: "services/my orders",
      GITHUB_SERVER_URL: "https://git.example.com",
      GITHUB_REPOSITORY: "shop/api",
    };
    const env = { ...request, VERDICT: "wider" };
    expect(runStep("diff", { ...request, VERDICT: "equal", AGREED: "false" })).toMatchObject({
      status: 0,
      stderr: "",
      summary:
        "**Policy:** every decision is the same.\n\nAccess is proven unchanged, for every possible token.\n",
    });
    const roles = join(cwd, "policies/roles.csv");
    writeFileSync(roles, `${readFileSync(roles, "utf8")}p, role:support, orders:delete, allow\n`);
    const refused = runStep("diff", { ...env, AGREED: "false" });
    expect(refused).toMatchObject({ status: 2, stderr: "" });
    expect(refused.stdout).toContain("::error title=access widens::");
    expect(readFileSync(join(cwd, "claimgate-diff.md.comment"), "utf8")).toContain(
      "| `group:support`, `group:trainees` | `DELETE /orders/{orderId}` | not granted | allowed | **wider** |",
    );
    expect(runStep("diff", { ...env, AGREED: "true" }).status).toBe(0);
    const body = `${cwd}/claimgate-diff.md.comment`;
    const mark = "<!-- claimgate services/my_orders -->";
    expect(readFileSync(body, "utf8")).toMatch(new RegExp(`^${mark}\\n`));
    expect(readFileSync(said, "utf8").split("\n").slice(0, 2)).toEqual([
      `pr view https://example.com/pull/1 --json comments --jq [.comments[] | select(.viewerDidAuthor and (.body | startswith("${mark}")))] | last | .url // ""`,
      `pr comment https://example.com/pull/1 --body-file ${body}`,
    ]);
    writeFileSync(said, "");
    writeFileSync(join(cwd, "found.txt"), "https://example.com/pull/1#issuecomment-42\n");
    expect(runStep("diff", { ...env, AGREED: "true" })).toMatchObject({ status: 0, stderr: "" });
    expect(readFileSync(said, "utf8").split("\n")[1]).toBe(
      `api --hostname git.example.com --method PATCH --silent repos/shop/api/issues/comments/42 -F body=@${body}`,
    );
    writeFileSync(roles, "nonsense\n");
    expect(runStep("diff", { ...env, AGREED: "true" }).status).toBe(3);
  });

  test("asks a reviewer where the base has no policy yet", () => {
    const git = (...args: readonly string[]) => execFileSync("git", args, { cwd, encoding: "utf8" });
    git("init", "--quiet");
    git(
      "-c",
      "user.name=t",
      "-c",
      "user.email=t@example.com",
      "commit",
      "--quiet",
      "--allow-empty",
      "-m",
      "Begin",
    );
    const base = { BASE: git("rev-parse", "HEAD").trim(), COMMENT: "false", VERDICT: "not-proven" };
    expect(runStep("prove", base)).toMatchObject({ status: 0, output: "verdict=not-proven\n" });
    const { status, summary } = runStep("diff", { ...base, AGREED: "false" });
    expect(status).toBe(2);
    expect(summary).toContain("the revision has no policy in this directory");
    expect(runStep("diff", { ...base, AGREED: "true" }).status).toBe(0);
  });

  test("passes the policy of the sample through every other step that needs no network", () => {
    for (const command of ["check", "fmt", "test", "report"]) {
      expect(runStep(command, { THRESHOLD: "100", REPORT: "access.html" })).toMatchObject({
        status: 0,
        stderr: "",
      });
    }
    const roles = join(cwd, "policies/roles.csv");
    writeFileSync(roles, readFileSync(roles, "utf8").replace("orders:create, allow", "orders:create, Allow"));
    expect(runStep("check").stdout).toMatch(/^::error file=policies\/roles\.csv,line=11,/);
  });
});
