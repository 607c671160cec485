import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ClaimgateServerlessPlugin } from "../../../../src/tools/packaging/serverless-plugin.ts";

const directory = mkdtempSync(join(tmpdir(), "claimgate-plugin-"));
afterAll(() => rmSync(directory, { recursive: true }));

const TEXT = `service: orders
params: { default: { httpApi: "true" } }
custom:
  claimgate:
    polices: rows
`;

it("the plugin of this service refuses settings that it would ignore", () => {
  writeFileSync(join(directory, "serverless.yml"), TEXT);
  const framework = {
    processedInput: { commands: ["print"], options: {} },
    configurationInput: { params: { default: { httpApi: "true" } } },
    serviceDir: directory,
    pluginManager: { plugins: [] },
    configurationFilename: "serverless.yml",
    classes: { Error },
    service: {
      service: "orders",
      custom: { esbuild: {}, claimgate: { polices: "rows" } },
      functions: {},
      provider: { stage: "dev", region: "eu-west-1" },
    },
  };
  const plugin = new ClaimgateServerlessPlugin(framework, {}, { log: { warning: () => {} } });
  expect(() => plugin.hooks["initialize"]?.()).toThrow(
    "serverless.yml:5:5: unknown setting `custom.claimgate.polices`; delete it: the plugin of this service has no settings",
  );
});
