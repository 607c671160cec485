import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { compileFunction } from "node:vm";
import { build } from "esbuild";
import { compilePolicy } from "../../../../src/policy/compile.ts";
import { policyFiles } from "../../../../src/tools/archives/archive.ts";
import { FUNCTION_NAMES } from "../../../../src/tools/archives/functions.ts";
import { readPolicyDirectory } from "../../../../src/tools/machine/policy-files.ts";
import { claimgatePolicy } from "../../../../src/tools/packaging/esbuild-door.ts";

const next = mkdtempSync(join(tmpdir(), "claimgate-next-"));
cpSync("policies", next, { recursive: true });
afterAll(() => rmSync(next, { recursive: true, force: true }));

const roles = join(next, "roles.csv");
const written = readFileSync(roles, "utf8");
beforeEach(() => writeFileSync(roles, written.replace("p, role:trainee, orders:refund, deny\n", "")));

const ENTRY = {
  authorizer: 'export { currentShadowPolicy, currentPolicy } from "./src/lambda/packaged-policy.ts";',
  trigger: 'export { currentPolicy } from "./src/lambda/packaged-policy.ts";',
};

async function bundled(contents: string, shadowPolicies?: string): Promise<string> {
  const result = await build({
    stdin: { contents, resolveDir: process.cwd() },
    bundle: true,
    write: false,
    platform: "node",
    format: "cjs",
    logLevel: "silent",
    conditions: ["claimgate-source"],
    plugins: [claimgatePolicy({ policies: "policies", shadowPolicies })],
  });
  return result.outputFiles[0]?.text ?? "";
}

function versions(code: string): unknown {
  const module = { exports: {} as Record<string, () => { version: string } | undefined> };
  const run = compileFunction(code, ["module", "exports", "require"]) as (...args: unknown[]) => void;
  run(module, module.exports, require);
  const { currentPolicy, currentShadowPolicy } = module.exports;
  return [currentPolicy?.()?.version, currentShadowPolicy?.()?.version];
}

const compiled = compilePolicy(readPolicyDirectory("policies"));

describe("the candidate of a shadow", () => {
  it("is in the bundle of an authorizer, next to the policy", async () => {
    const candidate = compilePolicy(readPolicyDirectory(next));
    expect(candidate.version).not.toBe(compiled.version);
    expect(versions(await bundled(ENTRY.authorizer, next))).toEqual([compiled.version, candidate.version]);
    expect(versions(await bundled(ENTRY.authorizer))).toEqual([compiled.version, undefined]);
    expect(await bundled(ENTRY.trigger, next)).not.toContain(candidate.version);
  });

  it("does not package with a lint error", async () => {
    writeFileSync(
      roles,
      written.replace("role:customer, orders:read, allow", "role:customer, orders:read, alow"),
    );
    await expect(bundled(ENTRY.authorizer, next)).rejects.toThrow(/alow/);
  });

  it("is in the archives of authorizers, and in no archive of a trigger", () => {
    const shadow = compilePolicy(readPolicyDirectory(next));
    const having = FUNCTION_NAMES.filter((name) => "shadow.json" in policyFiles(name, { compiled, shadow }));
    expect(having.every((name) => name.endsWith("Authorizer"))).toBe(true);
    expect(having).toHaveLength(FUNCTION_NAMES.filter((name) => name.endsWith("Authorizer")).length);
    expect(FUNCTION_NAMES.some((name) => "shadow.json" in policyFiles(name, { compiled }))).toBe(false);
  });
});
