// The packaged functions under the Lambda runtime API, with every answer checked: npm run bench:load (docs/load.md)
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "esbuild";
import { createKeyPair } from "../src/tools/cognito/tokens/signing.ts";
import { LOCAL } from "../src/tools/local/identifiers.ts";
import { refuse, scriptOptions, wholeNumber } from "../test/support/script-options.ts";
import { packageVersion } from "./load/artefacts.ts";
import { createKeyServer } from "./load/key-server.ts";
import { KEYS } from "./load/phases.ts";
import { loadReport, printReport } from "./load/report.ts";
import { runPhases } from "./load/run.ts";
import type { SlotPlan } from "./load/slots.ts";
import { createTokens } from "./load/tokens.ts";

const USAGE = `npm run bench:load -- [options]

  --invocations N    events from 1000 on, 1000000 by default
  --at-once N        events under way at a time, 2 by default, at most 9
  --node FILE        the Node that runs the functions; this one by default
  --function NAME    only this function; may be repeated
  --counts           prints no times
  --json FILE        writes the report`;

const values = scriptOptions(USAGE, {
  invocations: { type: "string", default: "1000000" },
  "at-once": { type: "string", default: "2" },
  node: { type: "string", default: process.execPath },
  function: { type: "string", multiple: true, default: [] },
  json: { type: "string" },
  counts: { type: "boolean", default: false },
});
const invocations = wholeNumber("invocations", values.invocations, 1_000);
const atOnce = wholeNumber("at-once", values["at-once"], 1);

/** Of two environments of the HTTP API one remembers tokens. */
const PLANS: readonly SlotPlan[] = [
  { artefact: "httpAuthorizer", weight: 20 },
  { artefact: "httpAuthorizer", weight: 20, variables: { CLAIMGATE_TOKEN_MEMO: "200" } },
  { artefact: "restAuthorizer", weight: 20 },
  { artefact: "httpPolicyAuthorizer", weight: 10 },
  { artefact: "httpV1Authorizer", weight: 10 },
  { artefact: "restTokenAuthorizer", weight: 10 },
  { artefact: "appSyncAuthorizer", weight: 10 },
  { artefact: "preTokenGeneration", weight: 10 },
  { artefact: "websocketAuthorizer", weight: 10 },
];

const plans = PLANS.filter(
  ({ artefact }) => values.function.length === 0 || values.function.includes(artefact),
);
if (plans.length === 0) {
  const names = [...new Set(PLANS.map(({ artefact }) => artefact))];
  refuse(`--function takes one of ${names.join(", ")}`);
}
// Each lane sends one event at a time.
const lanes = Array.from({ length: Math.min(atOnce, plans.length) }, (_, lane) =>
  plans.filter((_plan, index) => index % atOnce === lane),
);

const home = mkdtempSync(join(tmpdir(), "claimgate-load-"));
process.once("exit", () => {
  rmSync(home, { recursive: true, force: true });
});
console.log("packaging two versions of the service with `sls package` ...");
const versions = await Promise.all([
  packageVersion(join(home, "first")),
  packageVersion(join(home, "second"), (service) => {
    // Customers see all orders, and trainees refund.
    service.append("policies/groups.csv", "\ng, group:customers, role:viewer\n");
    const roles = service.read("policies/roles.csv");
    service.write("policies/roles.csv", roles.replace(/^p, role:trainee, orders:refund, deny\n/m, ""));
  }),
]);
const client = join(home, "runtime-client.mjs");
await build({
  entryPoints: [join(import.meta.dirname, "load/runtime-client.ts")],
  ...{ outfile: client, bundle: true, platform: "node", format: "esm", logLevel: "error" },
});
const keys = KEYS.map(createKeyPair);
const nowSeconds = Math.floor(Date.now() / 1000);
const tokens = createTokens(Math.min(2_000, Math.max(400, invocations / 100)), keys, nowSeconds);
const keyServer = createKeyServer(home, new URL(LOCAL.issuer).hostname, LOCAL.issuer);
const sampleEvery = Math.max(250, Math.round(invocations / 1_000));
const result = await runPhases({
  ...{ invocations, versions, keys, tokens, nowSeconds, lanes },
  settings: { node: values.node, client, keyServer, sampleEvery },
  progress: (line) => {
    console.log(line);
  },
});
const report = loadReport(result, {
  node: execFileSync(values.node, ["--version"], { encoding: "utf8" }).trim(),
  commit: execFileSync("git", ["rev-parse", "--short", "HEAD"], { encoding: "utf8" }).trim(),
  processor: `${cpus().length} x ${cpus()[0]?.model ?? "unknown"}`,
});
printReport(report, values.counts);
if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(report, null, 2)}\n`);
if (report.failures.length > 0) process.exitCode = 1;
