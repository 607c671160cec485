import { ClaimgateGuard } from "../../../../src/tools/packaging/serverless-guard.ts";

/** As the framework runs it for `sls package`. */
function packaging(claimgate: unknown): void {
  const framework = {
    processedInput: { commands: ["package"] },
    serviceDir: "nowhere",
    classes: { Error },
    service: { custom: { claimgate } },
  };
  new ClaimgateGuard(framework, {}, { log: { warning: () => {} } }).hooks["initialize"]?.();
}

describe("the settings of claimgate/serverless", () => {
  it.each([
    [
      { complied: "src/policy.json" },
      "`custom.claimgate.complied` is not a setting of claimgate/serverless; did you mean `compiled`?",
    ],
    [
      { output: "src/policy.json" },
      "`custom.claimgate.output` is not a setting of claimgate/serverless; expected policies or compiled",
    ],
    [
      { compiled: ["src/policy.json", 5] },
      "`custom.claimgate.compiled` is not the name of a file, nor a list of names",
    ],
    [{ compiled: null }, "`custom.claimgate.compiled` is not the name of a file, nor a list of names"],
    [{ policies: ["policies"] }, "`custom.claimgate.policies` is not the name of a directory"],
    ["src/policy.json", "`custom.claimgate` is not a map; expected `policies` and `compiled` below it"],
  ])("%j stops the packaging, since it would check nothing", (settings, said) => {
    expect(() => packaging(settings)).toThrow(said);
  });
});
