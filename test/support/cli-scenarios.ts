import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DEMO_STATES } from "../../src/tools/local/demo/demo-states.ts";

/**
 * Runs something in the directory of a scenario: a demo state, `sample` for the sample policy as it is, or `checkout`
 * for the checkout itself, with its serverless.yml.
 */
export async function inScenario<T>(name: string, body: (cwd: string) => Promise<T>): Promise<T> {
  if (name === "checkout") return body(process.cwd());
  const state = DEMO_STATES[name];
  if (state === undefined && name !== "sample") throw new Error(`there is no scenario \`${name}\``);
  const cwd = mkdtempSync(join(tmpdir(), "claimgate-scenario-"));
  try {
    cpSync("policies", join(cwd, "policies"), { recursive: true });
    state?.make(cwd);
    return await body(cwd);
  } finally {
    rmSync(cwd, { recursive: true, force: true });
  }
}
