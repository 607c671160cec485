// How long one decision takes, against stock node-casbin and against a bare lookup: npm run bench:decision
import { readFileSync } from "node:fs";
import { type Enforcer, newEnforcer, newModelFromString, StringAdapter } from "casbin";
import { decide } from "../src/policy/decide.ts";
import { loadPolicy } from "../src/policy/load.ts";
import type { Policy } from "../src/policy/policy.ts";
import { resolveRoute } from "../src/policy/route-table.ts";
import { type BareLookup, bareLookup } from "./bare-lookup.ts";
import { type MeasuredRatio, verdictOf } from "./budgets.ts";
import { type BenchRequest, createWorkload, type Workload } from "./decision-workload.ts";
import { measureInterleaved, median } from "./measure.ts";
import { neverRemembered } from "./new-decisions.ts";
import { record } from "./recorded.ts";
import { STOCK_MODEL } from "./stock-model.ts";

const SIZES = [10, 100, 1_000, 10_000, 100_000];
const ROLES_A_TOKEN = 5;
const MODEL = { path: "policies/model.conf", text: readFileSync("policies/model.conf", "utf8") };

interface Sides {
  readonly policy: Policy;
  readonly stock: Enforcer;
  readonly bare: BareLookup;
}

console.log(
  `node ${process.version}, ${ROLES_A_TOKEN} roles a token, medians; ratios are to the bare lookup`,
);
const ratios: MeasuredRatio[] = [];
console.table(await inTurn(SIZES, measureSize));
record(ratios);
console.log(
  [
    "claimgate       decide() on a loaded policy, which remembers the 512 decisions: roles followed, rows described",
    "new             decide() on what the policy does not remember: every decision is made anew",
    "with path       resolveRoute() from $default and then decide(); the bare lookup walks the path too",
    "stock casbin    one enforceSync over all p rows, roles and permissions given as arrays",
    "bare lookup     segment trie and role bits: effect only, no rows, no conditions, no explanation",
  ].join("\n"),
);

async function inTurn<T, R>(items: readonly T[], run: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  for (const item of items) results.push(await run(item));
  return results;
}

async function measureSize(size: number) {
  const workload = createWorkload(size, ROLES_A_TOKEN);
  const source = { model: MODEL, rows: [{ path: "policies/bench.csv", text: workload.csv }] };
  const loading: Record<"claimgate" | "stock", number[]> = { claimgate: [], stock: [] };
  const load = async (): Promise<Omit<Sides, "bare">> => {
    const start = performance.now();
    const policy = loadPolicy(source);
    const between = performance.now();
    const stock = await newEnforcer(newModelFromString(STOCK_MODEL), new StringAdapter(workload.grantCsv));
    loading.claimgate.push(between - start);
    loading.stock.push(performance.now() - between);
    return { policy, stock };
  };
  for (let round = 0; round < (size > 10_000 ? 1 : 4); round += 1) await load();
  const sides: Sides = { ...(await load()), bare: bareLookup(workload) };
  const allowed = checkAnswers(workload, sides);
  const { requests } = workload;
  const ask = (side: (request: BenchRequest) => unknown) => (index: number) =>
    side(requests[index % requests.length] as BenchRequest);
  // A policy of its own, whose memory is always full of what does not come again.
  const unseen = neverRemembered(requests);
  const forgetful = loadPolicy(source);
  const anew = unseen ?? requests;
  const times = measureInterleaved({
    bare: ask((request) => sides.bare(request)),
    ours: ask((request) => decide(sides.policy, request)),
    anew: (index) => decide(forgetful, anew[index % anew.length] as BenchRequest),
    path: ask((request) => viaPath(sides.policy, request)),
    stock: ask((request) => sides.stock.enforceSync(request.held, request.permissions)),
  });
  const rows = `${size.toLocaleString("en")} rows`;
  const again: MeasuredRatio = {
    budget: "decision",
    of: `${rows}, made before`,
    ratio: times.ours / times.bare,
  };
  ratios.push(again);
  if (unseen !== undefined)
    ratios.push({ budget: "decision", of: `${rows}, new`, ratio: times.anew / times.bare });
  const ratio = (time: number, to: number) => `${Number((time / to).toPrecision(2))}x`;
  const micro = (time: number) => Number((time * 1000).toPrecision(3));
  return {
    rows: size,
    "allowed %": Math.round((100 * allowed) / requests.length),
    "bare lookup us": micro(times.bare),
    "claimgate us": micro(times.ours),
    ratio: ratio(times.ours, times.bare),
    verdict: verdictOf(again),
    ...(unseen !== undefined && {
      "new us": micro(times.anew),
      "ratio (new)": ratio(times.anew, times.bare),
    }),
    "with path us": micro(times.path),
    "ratio (path)": ratio(times.path, times.bare),
    "stock casbin us": micro(times.stock),
    "stock / claimgate": ratio(times.stock, times.ours),
    "load ms": Number(median(loading.claimgate).toPrecision(3)),
    "stock load ms": Number(median(loading.stock).toPrecision(3)),
  };
}

function viaPath(policy: Policy, request: BenchRequest) {
  const { method, path } = request;
  const matched = { method, template: "$default", path, encoding: "encoded" as const, parameters: {} };
  return decide(policy, { ...request, ...resolveRoute(policy, matched) });
}

/** Before anything is timed: all sides give the same answer. Slow sides on large policies check fewer. */
function checkAnswers({ requests, rowCount }: Workload, { policy, stock, bare }: Sides): number {
  let allowed = 0;
  const asked = Math.max(20, Math.min(requests.length, Math.round(2_000_000 / rowCount)));
  for (const [index, request] of requests.entries()) {
    const answer = decide(policy, request).effect === "allow";
    if (answer) allowed += 1;
    const others = [bare(request), viaPath(policy, request).effect === "allow"];
    if (index < asked)
      others.push(stock.enforceSync(request.held, request.permissions) as unknown as boolean);
    if (others.some((other) => other !== answer)) {
      throw new Error(`the sides differ on ${JSON.stringify(request)}: ${answer}, ${others.join(", ")}`);
    }
  }
  return allowed;
}
