// All comparisons in this process, on the Node that runs it: started by run.ts, which names the file for the result.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { createWorkload } from "../decision-workload.ts";
import { originOf, type PeerRun } from "../report/results.ts";
import { measureCalls } from "./calls.ts";
import { measureColdStarts } from "./cold-starts.ts";
import { measureDecisions } from "./decisions.ts";
import { measureVerifications } from "./verifications.ts";

const SIZES = [10, 100, 1_000, 10_000, 100_000];
const ROWS = 1_000;
const ROLES_A_TOKEN = 5;
const STARTS = 31;
const TURNS = { rounds: 15, roundMs: 60 };
/** Large policies take most of the time. */
const DECISION_TURNS = { rounds: 11, roundMs: 40 };

const PEERS = [
  ...[
    "@casl/ability",
    "@cedar-policy/cedar-wasm",
    "@middy/core",
    "aws-jwt-verify",
    "casbin",
    "fast-jwt",
    "jose",
  ],
  ...["jsonwebtoken", "jwks-rsa", "middy-middleware-jwt-auth"],
];

const { values } = parseArgs({ options: { out: { type: "string" } } });
const folder = resolve(".esbuild", `bench-peers-${process.pid}`);
mkdirSync(folder, { recursive: true });
try {
  // Small things first: a large policy leaves a large heap.
  const verifications = await measureVerifications(TURNS);
  console.log("verifications measured");
  const workload = createWorkload(ROWS, ROLES_A_TOKEN);
  const calls = await measureCalls(folder, workload, TURNS);
  console.log("calls measured");
  const coldStarts = await measureColdStarts(folder, workload, STARTS);
  console.log("cold starts measured");
  const decisions = await measureDecisions(SIZES, DECISION_TURNS);
  const run: PeerRun = {
    ...originOf(process.version),
    versions: Object.fromEntries(PEERS.map((name) => [name, versionOf(name)])),
    decisions,
    verifications,
    calls,
    coldStarts,
  };
  if (values.out !== undefined) writeFileSync(values.out, JSON.stringify(run, roundedNumbers));
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** Of the copy that this folder imports: its own, or that of the root. */
function versionOf(name: string): string {
  for (const root of ["bench/peers", "."]) {
    try {
      const manifest = readFileSync(`${root}/node_modules/${name}/package.json`, "utf8");
      return (JSON.parse(manifest) as { readonly version: string }).version;
    } catch {
      // In the other folder, then.
    }
  }
  throw new Error(`${name} is not installed`);
}

/** More digits would say more than the clock does. */
function roundedNumbers(_name: string, value: unknown): unknown {
  return typeof value === "number" ? Number(value.toPrecision(4)) : value;
}
