import { execFileSync } from "node:child_process";
import { appendFileSync, cpSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { PolicyError } from "../../../policy/finding.ts";
import { loadPolicy } from "../../../policy/load.ts";
import type { Policy } from "../../../policy/policy.ts";
import { readPolicyDirectory } from "../../machine/policy-files.ts";
import { decisionLine } from "./decision-lines.ts";
import { shadowLines, type TimedRequest } from "./shadow-lines.ts";

/** A typical mistake in a policy, for the examples of docs/. */
export interface DemoState {
  /** What happened, for a list. */
  readonly what: string;
  /** Applies the mistake in a directory that contains a copy of the sample policy under `policies/`. */
  readonly make: (cwd: string) => void;
}

/** Why a demo cannot be built from the current policy, and what to do. */
export class DemoError extends Error {
  override readonly name = "DemoError";
}

const WAY_OUT = "git stash your changes, then run npm run demo again";

/** By name; the examples of the pages name the one that they run in. */
export const DEMO_STATES: Readonly<Record<string, DemoState>> = {
  typo: {
    what: "An effect and a role are misspelled.",
    make: (cwd) => {
      edit(cwd, "roles.csv", "p, role:customer, orders:read, allow", "p, role:customer, orders:read, alow");
      edit(cwd, "groups.csv", "g, group:finance, role:finance", "g, group:finance, role:finances");
    },
  },
  untidy: {
    what: "Rows from a spreadsheet, or typed in a hurry.",
    make: (cwd) => {
      edit(
        cwd,
        "roles.csv",
        "p, role:customer, orders:read, allow",
        "p,role:customer,orders:read,Allow # theirs",
      );
      edit(cwd, "groups.csv", "g, group:support, role:support", '"g","group:support","role:support"');
    },
  },
  widened: {
    what: "A branch on which customers may delete, and `main` as it was.",
    make: (cwd) => {
      commitOnMain(cwd);
      edit(cwd, "roles.csv", "p, role:trainee, orders:refund, deny\n", "");
      edit(
        cwd,
        "roles.csv",
        "p, role:customer, orders:create, allow\n",
        "p, role:customer, orders:create, allow\np, role:customer, orders:delete, allow\n",
      );
    },
  },
  repaired: {
    what: "A branch that fixes the policy of `main`.",
    make: (cwd) => {
      edit(cwd, "roles.csv", "p, role:customer, orders:read, allow", "p, role:customer, orders:read, alow");
      commitOnMain(cwd);
      edit(cwd, "roles.csv", "p, role:customer, orders:read, alow", "p, role:customer, orders:read, allow");
    },
  },
  coarser: {
    what: "A branch without the row of a route, for which a coarser one now applies.",
    make: (cwd) => {
      edit(
        cwd,
        "routes.csv",
        "g2, GET /orders, orders:list",
        "g2, ANY /{proxy+}, orders:read\ng2, GET /orders, orders:list",
      );
      commitOnMain(cwd);
      edit(cwd, "routes.csv", "g2, GET /orders, orders:list\n", "");
    },
  },
  failing: {
    what: "A change that fails a test and an invariant.",
    make: (cwd) =>
      letSupportDoEverything(cwd),
  },
  broken: {
    what: "The same, with a test file of one invariant.",
    make: (cwd) => {
      letSupportDoEverything(cwd);
      writeFileSync(
        join(cwd, "policies/tests/invariants.test.yaml"),
        "invariants: [{ name: only administrators delete orders, only: [role:admin], hold: orders:delete }]\n",
      );
    },
  },
  log: {
    what: "The decisions of some days with the sample policy; now support may do everything with orders.",
    make: (cwd) => {
      keepLog(cwd);
      letSupportDoEverything(cwd);
    },
  },
  shadow: {
    what: "A candidate in `policies-next`, and the log of a stage with the sample policy and this shadow.",
    make: (cwd) => {
      keepLog(cwd);
      cpSync(join(cwd, "policies"), join(cwd, "policies-next"), { recursive: true });
      const next = join(cwd, "policies-next/roles.csv");
      const rows = readFileSync(next, "utf8");
      const without = rows.replace("p, role:customer, orders:read, allow\n", "");
      writeFileSync(
        next,
        without.replace("p, role:support, orders:refund, allow", "p, role:support, orders:*, allow"),
      );
      const [policy, candidate] = [join(cwd, "policies"), join(cwd, "policies-next")].map(loaded);
      if (policy === undefined || candidate === undefined) return;
      appendFileSync(
        join(cwd, "decisions.log"),
        `${shadowLines(policy, candidate, requests()).join("\n")}\n`,
      );
    },
  },
  unused: {
    what: "The decisions of some days, with the unchanged policy.",
    make: (cwd) => keepLog(cwd),
  },
};

function letSupportDoEverything(cwd: string): void {
  edit(cwd, "roles.csv", "p, role:support, orders:refund, allow", "p, role:support, orders:*, allow");
}

function keepLog(cwd: string): void {
  writeFileSync(join(cwd, "decisions.log"), `${decisions(cwd).join("\n")}\n`);
}

function commitOnMain(cwd: string): void {
  const git = (...args: readonly string[]) => execFileSync("git", args, { cwd, stdio: "pipe" });
  git("init", "--quiet", "--initial-branch", "main");
  git("add", ".");
  git("-c", "user.name=t", "-c", "user.email=t@example.com", "commit", "--quiet", "-m", "Begin");
}

function edit(cwd: string, file: string, was: string, is: string): void {
  const path = join(cwd, "policies", file);
  const text = readFileSync(path, "utf8");
  if (!text.includes(was)) {
    throw new DemoError(`the demos edit the row "${was.trim()}" of ${file}, but the file does not have it: ${WAY_OUT}`);
  }
  writeFileSync(path, text.replace(was, is));
}

function loaded(directory: string): Policy {
  try {
    return loadPolicy(readPolicyDirectory(directory));
  } catch (error) {
    if (!(error instanceof PolicyError)) throw error;
    const [first] = error.findings;
    const at = first === undefined ? "" : `, and ${first.file}:${first.line} has one`;
    throw new DemoError(`the demos need a policy without errors${at}: ${WAY_OUT}`, { cause: error });
  }
}

/** The lines that an authorizer would have logged for the current policy of the directory. */
function decisions(cwd: string): readonly string[] {
  const policy = loaded(join(cwd, "policies"));
  return requests().map(({ request, time, requestId }) =>
    decisionLine(policy, request, { time, requestId }),
  );
}

function requests(): readonly TimedRequest[] {
  const user = (group: string, route: string, day: number, count: number) =>
    Array.from({ length: count }, (_, index) => ({
      request: {
        route,
        subjects: ["role:authenticated", `user:u${index}`, `group:${group}`] as const,
        parameters: { orderId: "o1", userId: `u${index}` },
        claims: { sub: `u${index}` },
      },
      time: `2026-11-${day}T08:00:00.000Z`,
      requestId: `r${day}-${index}`,
    }));
  return [
    ...user("customers", "POST /orders", 10, 4),
    ...user("customers", "GET /orders/{orderId}", 11, 3),
    ...user("customers", "GET /users/{userId}/orders", 11, 2),
    ...user("support", "GET /orders", 12, 2),
    ...user("support", "DELETE /orders/{orderId}", 13, 1),
    ...user("admins", "DELETE /orders/{orderId}", 14, 1),
  ];
}
