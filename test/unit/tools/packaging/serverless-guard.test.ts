import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { stringify } from "yaml";
import { ClaimgateGuard } from "../../../../src/tools/packaging/serverless-guard.ts";

const directory = mkdtempSync(join(tmpdir(), "claimgate-guard-"));
afterAll(() => rmSync(directory, { recursive: true }));

/** As the framework runs it for `sls package`. */
function packaging(claimgate: unknown): void {
  const custom = { claimgate };
  writeFileSync(join(directory, "serverless.yml"), stringify({ service: "orders", custom }));
  const framework = {
    processedInput: { commands: ["package"] },
    serviceDir: directory,
    configurationFilename: "serverless.yml",
    classes: { Error },
    service: { custom },
  };
  new ClaimgateGuard(framework, {}, { log: { warning: () => {} } }).hooks["initialize"]?.();
}

describe("the settings of claimgate/serverless", () => {
  it.each([
    [
      { complied: "src/policy.json" },
      "serverless.yml:4:5: unknown setting `custom.claimgate.complied`; did you mean `compiled`?",
    ],
    [
      { output: "src/policy.json" },
      "serverless.yml:4:5: unknown setting `custom.claimgate.output`; expected `policies` or `compiled`",
    ],
    [
      { compiled: ["src/policy.json", 5] },
      "serverless.yml:4:5: `custom.claimgate.compiled` is not a file; expected a path such as `src/policy.json`, or a list of paths",
    ],
    [{ compiled: null }, "`custom.claimgate.compiled` is not a file; expected a path"],
    [
      { policies: ["policies"] },
      "`custom.claimgate.policies` is not a directory; expected a path such as `policies`",
    ],
    [
      "src/policy.json",
      "serverless.yml:3:3: `custom.claimgate` is not a map; expected `policies` or `compiled`",
    ],
  ])("%j stops the packaging, since it would check nothing", (settings, said) => {
    expect(() => packaging(settings)).toThrow(said);
  });
});

describe("the policy directory of claimgate/serverless", () => {
  const fix = "create it, or set `custom.claimgate.policies` to the directory of the rows";

  it("that does not exist is named, with the setting", () => {
    expect(() => packaging({ policies: "polices" })).toThrow(
      `serverless.yml:4:5: the policy directory \`polices\` does not exist; ${fix}`,
    );
    expect(() => packaging(undefined)).toThrow(`: the policy directory \`policies\` does not exist; ${fix}`);
  });

  it("that is a file is named too", () => {
    mkdirSync(join(directory, "src"), { recursive: true });
    writeFileSync(join(directory, "src", "rows.csv"), "");
    expect(() => packaging({ policies: "src/rows.csv" })).toThrow("`src/rows.csv` does not exist");
  });
});
