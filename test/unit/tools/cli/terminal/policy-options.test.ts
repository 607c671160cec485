import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Command } from "commander";
import type { Context } from "../../../../../src/tools/cli/terminal/context.ts";
import { readPolicies, withPolicyOption } from "../../../../../src/tools/cli/terminal/policy-options.ts";

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

describe("the directory of the policy", () => {
  /** What a command gets that runs in a service with these settings. */
  function chosenIn(settings: string, ...args: readonly string[]): unknown {
    const custom = `custom: { claimgate: { ${settings} } }`;
    writeFileSync(join(directory, "serverless.yml"), `plugins: [claimgate/serverless]\n${custom}\n`);
    const before = process.cwd();
    process.chdir(directory);
    try {
      let chosen: unknown;
      const command = withPolicyOption(new Command("can")).action(
        (options: { readonly policies: string }) => {
          chosen = options.policies;
        },
      );
      command.parse(args, { from: "user" });
      return chosen;
    } finally {
      process.chdir(before);
    }
  }

  it("is that of the settings, unless the option names one", () => {
    expect(chosenIn("policies: access")).toBe("access");
    expect(chosenIn("policies: access", "--policies", "policies")).toBe("policies");
    expect(chosenIn("groups: true")).toBe("policies");
    expect(chosenIn("policies: '${param:policies}'")).toBe("policies");
  });

  it("is named with the setting where it does not exist", () => {
    chosenIn("policies: access");
    expect(() => readPolicies({ directory } as Context, { policies: "access" })).toThrow(
      "the directory `access` does not exist: `custom.claimgate.policies` of serverless.yml names it",
    );
  });
});

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
