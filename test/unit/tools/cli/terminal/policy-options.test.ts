import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Context } from "../../../../../src/tools/cli/terminal/context.ts";
import { readPolicies } from "../../../../../src/tools/cli/terminal/policy-options.ts";

const directory = mkdtempSync(join(tmpdir(), "claimgate-options-"));
afterAll(() => rmSync(directory, { recursive: true }));

/** The fix that a command names in a service with this file, for a directory of the policy that is missing. */
function fixIn(service: string): unknown {
  writeFileSync(join(directory, "serverless.yml"), service);
  try {
    readPolicies({ directory } as Context, { policies: "policies" });
  } catch (error) {
    return (error as { readonly fix?: unknown }).fix;
  }
  throw new Error("there is no policy");
}

describe("a policy directory that does not exist", () => {
  it("is written by init in a service without claimgate", () => {
    expect(fixIn("service: shop\nplugins: [serverless-offline]\n")).toBe(
      "run `claimgate init` to write a first policy, or give another directory with `--policies`",
    );
  });

  it.each([
    "plugins: [claimgate/serverless]\ncustom: { claimgate: { authorizers: [http] } }\n",
    "plugins: { modules: [claimgate/serverless] }\n",
    "plugins:\n  - ./src/tools/packaging/serverless-plugin.cjs\n",
  ])("is restored in a service that is set up, and no other is written: %s", (service) => {
    expect(fixIn(service)).toBe(
      "serverless.yml is set up for claimgate: restore the directory from version control, or give another directory with `--policies`",
    );
  });

  it("is another one if the settings name it", () => {
    expect(fixIn("plugins: [claimgate/serverless]\ncustom: { claimgate: { policies: ./access } }\n")).toBe(
      "serverless.yml names another directory: add `--policies ./access`",
    );
  });
});
