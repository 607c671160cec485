import { cpSync, mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { DEMO_STATES, DemoError } from "./demo-states.ts";

// `npm run demo`: the folders that the examples of docs/ run in, each with a copy of the sample policy.

const DIRECTORY = "demo";

try {
  for (const [name, { what, make }] of Object.entries(DEMO_STATES)) {
    const cwd = join(DIRECTORY, name);
    rmSync(cwd, { recursive: true, force: true });
    mkdirSync(cwd, { recursive: true });
    cpSync("policies", join(cwd, "policies"), { recursive: true });
    make(cwd);
    process.stdout.write(`${cwd.padEnd(14)}  ${what}\n`);
  }
} catch (error) {
  if (!(error instanceof DemoError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
