import { readFileSync } from "node:fs";
import { decide } from "../../src/policy/decide.ts";
import { loadPolicy } from "../../src/policy/load.ts";
import type { Policy } from "../../src/policy/policy.ts";
import { type BenchRequest, createWorkload, type Workload } from "../decision-workload.ts";
import { neverRemembered } from "../new-decisions.ts";
import { type DecisionTimes, OURS_NEW } from "../report/results.ts";
import { casbinAsync, casbinSync } from "./engines/casbin.ts";
import { caslKept, caslMade } from "./engines/casl.ts";
import { cedar } from "./engines/cedar.ts";
import { type Allows, type AllowsAsync, peerPolicyOf } from "./peer-policy.ts";
import { referenceOf } from "./reference.ts";
import { inTurns, type Side, type Turns } from "./turns.ts";

const ROLES_A_TOKEN = 5;
const MODEL = { path: "policies/model.conf", text: readFileSync("policies/model.conf", "utf8") };
const OURS = "claimgate";

/** Cedar takes half a minute to read 100,000 policies, and a quarter of a second to decide on them. */
const MOST_ROWS: Readonly<Record<string, number>> = { "Cedar (WebAssembly)": 10_000 };
type Engine = (workload: Workload) => Promise<Allows | AllowsAsync>;

const ENGINES: Readonly<Record<string, Engine>> = {
  "node-casbin, `enforce`": (workload) => casbinAsync(peerPolicyOf(workload)),
  "node-casbin, `enforceSync`": (workload) => casbinSync(peerPolicyOf(workload)),
  "CASL, an ability kept for each set of roles": async (workload) => caslKept(peerPolicyOf(workload)),
  "CASL, an ability made for each request": async (workload) => caslMade(peerPolicyOf(workload)),
  "Cedar (WebAssembly)": async (workload) => cedar(peerPolicyOf(workload)),
};

/** Microseconds of one decision of each engine, on policies of these sizes. @throws Error for a wrong answer */
export async function measureDecisions(
  sizes: readonly number[],
  turns: Turns,
): Promise<readonly DecisionTimes[]> {
  const measured = new Map<string, Record<string, number | null>>();
  for (const name of [OURS, OURS_NEW, ...Object.keys(ENGINES)]) measured.set(name, {});
  for (const size of sizes) {
    const times = await measureSize(size, turns);
    for (const [name, micros] of measured) micros[size] = times[name] ?? null;
    console.log(`decisions on ${size} rows measured`);
  }
  return [...measured].map(([engine, micros]) => ({ engine, micros }));
}

async function measureSize(size: number, turns: Turns): Promise<Readonly<Record<string, number>>> {
  const workload = createWorkload(size, ROLES_A_TOKEN);
  const { requests } = workload;
  const source = { model: MODEL, rows: [{ path: "policies/bench.csv", text: workload.csv }] };
  // A policy of its own for each: one remembers, and the other's memory is full of what comes no more.
  const [policy, other] = [loadPolicy(source), loadPolicy(source)];
  const sides: Record<string, Side> = { [OURS]: over(requests, (request) => decide(policy, request)) };
  const unseen = neverRemembered(requests);
  if (unseen !== undefined) sides[OURS_NEW] = over(unseen, (request) => decide(other, request));
  checkOurs(workload, policy, unseen ?? []);
  for (const [name, create] of Object.entries(ENGINES)) {
    if (size > (MOST_ROWS[name] ?? Number.POSITIVE_INFINITY)) continue;
    const allows = await create(workload);
    await check(name, workload, allows);
    sides[name] = over(requests, (request) => allows(request.subjects, permissionOf(request)));
  }
  return inTurns(sides, turns);
}

function over(requests: readonly BenchRequest[], ask: (request: BenchRequest) => unknown): Side {
  return (index) => ask(requests[index % requests.length] as BenchRequest);
}

const permissionOf = ({ permissions: [permission = ""] }: BenchRequest) => permission;

/** Before anything is timed. On large policies the reference and the full scans answer fewer. */
async function check(name: string, workload: Workload, allows: Allows | AllowsAsync): Promise<void> {
  const expected = referenceOf(peerPolicyOf(workload));
  for (const request of sampleOf(workload)) {
    const permission = permissionOf(request);
    if ((await allows(request.subjects, permission)) !== expected(request.subjects, permission))
      throw new Error(`${name} is wrong about ${JSON.stringify(request)}`);
  }
}

function checkOurs(workload: Workload, policy: Policy, unseen: readonly BenchRequest[]): void {
  const expected = referenceOf(peerPolicyOf(workload));
  for (const request of [...sampleOf(workload), ...unseen.slice(-20)]) {
    const effect = expected(request.subjects, permissionOf(request)) ? "allow" : "deny";
    if (decide(policy, request).effect !== effect)
      throw new Error(`claimgate is wrong about ${JSON.stringify(request)}`);
  }
}

function sampleOf({ requests, rowCount }: Workload): readonly BenchRequest[] {
  return requests.slice(0, Math.max(20, Math.min(requests.length, Math.round(2_000_000 / rowCount))));
}
