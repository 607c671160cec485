// Prints what decisions and the load of a policy take, by the size of the policy.
// casbin and the policy come after this, since they may keep a function.
import "./spies.ts";

import { queryObjects } from "node:v8";
import { Enforcer } from "casbin";
import { assembleCompiled } from "../../../src/policy/assemble.ts";
import { decide } from "../../../src/policy/decide.ts";
import type { Decision } from "../../../src/policy/decision.ts";
import type { DecisionRow, Policy } from "../../../src/policy/policy.ts";
import { type CountedRequest, compiledPolicy, requestsOf } from "../policy-of-size.ts";
import { countedNow, countOne, type Tally } from "./spies.ts";

type Decide = (policy: Policy, request: CountedRequest) => Decision;

/** A decision that the counts must notice: it looks at every row and every route. */
const scanning: Decide = (policy, request) => {
  const rows = policy.decisionRows.filter(({ subject }) => request.subjects.includes(subject));
  const routes = [...policy.routeEntries.keys()].filter((route) => route === rows[0]?.permission);
  return routes.length > 0 ? decide(policy, { ...request, route: undefined }) : decide(policy, request);
};

/** casbin itself: how often it is asked, and how often it calls back with a row. */
function spyOnCasbin(): void {
  const { enforceSync, addFunction } = Enforcer.prototype;
  Enforcer.prototype.enforceSync = function counted(...args) {
    countOne("casbin asked");
    return enforceSync.apply(this, args);
  };
  Enforcer.prototype.addFunction = function counted(name, body) {
    return addFunction.call(this, name, (...args: readonly unknown[]) => {
      countOne("rows that casbin matches");
      return Reflect.apply(body, undefined, args) as boolean;
    });
  };
}

let read: Set<object> | undefined;

/** Notes which rows of a policy are looked at, wherever an index has them. */
function watchRows(rows: readonly DecisionRow[]): void {
  for (const row of rows) {
    for (const [name, value] of Object.entries(row)) {
      const get = () => {
        read?.add(row);
        return value as unknown;
      };
      Object.defineProperty(row, name, { get, enumerable: true, configurable: true });
    }
  }
}

/** All decisions together, and the most rows that one of them looked at. */
function ofDecisions(policy: Policy, requests: readonly CountedRequest[], by: Decide): Tally {
  const all: Tally = { "most rows read by one": 0 };
  for (const request of requests) {
    read = new Set();
    const seen = countedNow(() => {
      const { inputs } = by(policy, request);
      countOne("decisions");
      if (inputs.length > 0) countOne("with a condition");
    });
    for (const [name, count] of Object.entries(seen)) all[name] = (all[name] ?? 0) + count;
    all["rows read"] = (all["rows read"] ?? 0) + read.size;
    all["most rows read by one"] = Math.max(all["most rows read by one"] ?? 0, read.size);
  }
  read = undefined;
  return all;
}

const KINDS = { objects: Object, arrays: Array, maps: Map };

/** Each question collects garbage first, which takes long with a large policy. */
const alive = () => Object.entries(KINDS).map(([kind, type]) => [kind, Number(queryObjects(type))] as const);

/** What loaded policies keep in memory, by their size. */
async function keptBy(sizes: readonly number[]): Promise<Readonly<Record<string, Tally>>> {
  const compiled = sizes.map((rows) => [rows, compiledPolicy(rows)] as const);
  const policies: Policy[] = [];
  const kept: Record<string, Tally> = {};
  // What compiling leaves behind is not all gone at once.
  await settled();
  let before = new Map<string, number>(alive());
  for (const [rows, file] of compiled) {
    policies.push(assembleCompiled(file));
    await settled();
    const after = new Map<string, number>(alive());
    const tally = [...after].map(
      ([kind, count]) => [`${kind} kept`, count - (before.get(kind) ?? 0)] as const,
    );
    before = after;
    kept[rows] = Object.fromEntries(tally);
  }
  return kept;
}

/** Until nothing of the stack is left and a collection has run. */
async function settled(): Promise<void> {
  await new Promise(setImmediate);
  queryObjects(Map);
  await new Promise(setImmediate);
}

/** The same of a user who holds nothing. */
const byStranger = (request: CountedRequest): CountedRequest => ({
  ...request,
  subjects: ["role:authenticated"],
});

function ofSize(rows: number, by: Decide) {
  const policy = assembleCompiled(compiledPolicy(rows));
  const requests = requestsOf(rows);
  watchRows(policy.decisionRows);
  const [first, ...others] = requests;
  return {
    "first decision of a policy": ofDecisions(policy, first === undefined ? [] : [first], by),
    "first decision on a route": ofDecisions(policy, others.map(byStranger), by),
    "first decision of a token": ofDecisions(policy, others, by),
    "second decision of a token": ofDecisions(policy, others, by),
    "repeated decision": ofDecisions(policy, others, by),
  };
}

spyOnCasbin();
const { sizes, loads, defects } = JSON.parse(process.argv[2] ?? "{}") as {
  /** The policies to decide by, and those to weigh, by their rows. */
  readonly sizes: readonly number[];
  readonly loads: readonly number[];
  readonly defects: boolean;
};
// What is built once for all policies does not belong to the first one.
assembleCompiled(compiledPolicy(10));

async function main(): Promise<void> {
  const load = await keptBy(loads);
  const decisions = Object.fromEntries(
    sizes.map((rows) => [rows, ofSize(rows, defects ? scanning : decide)]),
  );
  process.stdout.write(JSON.stringify({ load, decisions }));
}

void main();
