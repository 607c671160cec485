import { execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { decisionLine } from "./decision-log-lines.ts";
import { samplePolicy } from "./policy.ts";

/** What a directory is like in which a command is shown: the sample policy, and something that happened to it. */
const SCENARIOS: Readonly<Record<string, (cwd: string) => void>> = {
  /** The sample policy. */
  sample: () => {},
  /** Somebody misspelt an effect, and a role. */
  typo: (cwd) => {
    edit(cwd, "roles.csv", "role:customer, orders:read, allow", "role:customer, orders:read, alow");
    edit(cwd, "groups.csv", "group:finance, role:finance", "group:finance, role:finances");
  },
  /** A spreadsheet, or somebody in a hurry. */
  untidy: (cwd) => {
    edit(
      cwd,
      "roles.csv",
      "p, role:customer, orders:read, allow",
      "p,role:customer,orders:read,Allow # theirs",
    );
    edit(cwd, "groups.csv", "g, group:support, role:support", '"g","group:support","role:support"');
  },
  /** A branch on which customers may delete, and `main` as it was. */
  widened: (cwd) => {
    const git = (...args: readonly string[]) => execFileSync("git", args, { cwd, stdio: "pipe" });
    git("init", "--quiet", "--initial-branch", "main");
    git("add", ".");
    git("-c", "user.name=t", "-c", "user.email=t@example.com", "commit", "--quiet", "-m", "Begin");
    edit(cwd, "roles.csv", "p, role:trainee, orders:refund, deny\n", "");
    edit(
      cwd,
      "roles.csv",
      "orders:create, allow\n",
      "orders:create, allow\np, role:customer, orders:delete, allow\n",
    );
  },
  /** A branch that repairs the policy of `main`. */
  repaired: (cwd) => {
    const git = (...args: readonly string[]) => execFileSync("git", args, { cwd, stdio: "pipe" });
    edit(cwd, "roles.csv", "role:customer, orders:read, allow", "role:customer, orders:read, alow");
    git("init", "--quiet", "--initial-branch", "main");
    git("add", ".");
    git("-c", "user.name=t", "-c", "user.email=t@example.com", "commit", "--quiet", "-m", "Begin");
    edit(cwd, "roles.csv", "role:customer, orders:read, alow", "role:customer, orders:read, allow");
  },
  /** A branch on which the row of a route is gone, below a coarser one. */
  coarser: (cwd) => {
    const git = (...args: readonly string[]) => execFileSync("git", args, { cwd, stdio: "pipe" });
    edit(
      cwd,
      "routes.csv",
      "g2, GET /orders, orders:list",
      "g2, ANY /{proxy+}, orders:read\ng2, GET /orders, orders:list",
    );
    git("init", "--quiet", "--initial-branch", "main");
    git("add", ".");
    git("-c", "user.name=t", "-c", "user.email=t@example.com", "commit", "--quiet", "-m", "Begin");
    edit(cwd, "routes.csv", "g2, GET /orders, orders:list\n", "");
  },
  /** A change that a test and an invariant do not let pass. */
  failing: (cwd) => edit(cwd, "roles.csv", "p, role:support, orders:refund", "p, role:support, orders:*"),
  /** The same, with a test file of one invariant. */
  broken: (cwd) => {
    edit(cwd, "roles.csv", "p, role:support, orders:refund", "p, role:support, orders:*");
    writeFileSync(
      join(cwd, "policies/tests/invariants.test.yaml"),
      "invariants: [{ name: only administrators delete orders, only: [role:admin], hold: orders:delete }]\n",
    );
  },
  /** The decisions of some days, by the sample policy, and support may now do everything with orders. */
  log: (cwd) => {
    writeFileSync(join(cwd, "decisions.log"), `${decisions().join("\n")}\n`);
    edit(cwd, "roles.csv", "p, role:support, orders:refund", "p, role:support, orders:*");
  },
  /** The decisions of some days, and the policy as it was. */
  unused: (cwd) => writeFileSync(join(cwd, "decisions.log"), `${decisions().join("\n")}\n`),
};

/** Runs something in the directory of a scenario; `checkout` is the checkout itself, with its serverless.yml. */
export async function inScenario<T>(name: string, body: (cwd: string) => Promise<T>): Promise<T> {
  if (name === "checkout") return body(process.cwd());
  const prepare = SCENARIOS[name];
  if (prepare === undefined) throw new Error(`there is no scenario \`${name}\``);
  const cwd = mkdtempSync(join(tmpdir(), "claimgate-scenario-"));
  try {
    cpSync("policies", join(cwd, "policies"), { recursive: true });
    prepare(cwd);
    return await body(cwd);
  } finally {
    rmSync(cwd, { recursive: true, force: true });
  }
}

function edit(cwd: string, file: string, was: string, is: string): void {
  const path = join(cwd, "policies", file);
  const text = readFileSync(path, "utf8");
  if (!text.includes(was)) throw new Error(`${file} does not have ${was}`);
  writeFileSync(path, text.replace(was, is));
}

function decisions(): readonly string[] {
  const policy = samplePolicy();
  const user = (group: string, route: string, day: number, count: number) =>
    Array.from({ length: count }, (_, index) =>
      decisionLine(
        policy,
        {
          route,
          subjects: ["role:authenticated", `user:u${index}`, `group:${group}`],
          parameters: { orderId: "o1", userId: `u${index}` },
          claims: { sub: `u${index}` },
        },
        { time: `2026-11-${day}T08:00:00.000Z`, requestId: `r${day}-${index}` },
      ),
    );
  return [
    ...user("customers", "POST /orders", 10, 4),
    ...user("customers", "GET /orders/{orderId}", 11, 3),
    ...user("customers", "GET /users/{userId}/orders", 11, 2),
    ...user("support", "GET /orders", 12, 2),
    ...user("support", "DELETE /orders/{orderId}", 13, 1),
    ...user("admins", "DELETE /orders/{orderId}", 14, 1),
  ];
}
