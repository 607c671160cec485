// The long form of the law in test/property/decision.test.ts: npm run test:differential -- --cases 1000000
import { mkdirSync, writeFileSync } from "node:fs";
import fc from "fast-check";
import type { DecisionCase } from "../support/generate-policy.ts";
import { decisionCase } from "../support/generate-policy.ts";
import { compareJudges } from "../support/judges.ts";
import { scriptOptions, wholeNumber } from "../support/script-options.ts";

const REQUESTS_A_POLICY = 20;
const CORPUS = "test/corpus/decisions";

const USAGE = `npm run test:differential -- [options]

  --cases N    policies, 100000 by default
  --seed N     of the draw; another one each time by default`;

const values = scriptOptions(USAGE, {
  cases: { type: "string", default: "100000" },
  seed: { type: "string", default: String(Date.now() % 2 ** 31) },
});
const cases = wholeNumber("cases", values.cases);
const seed = wholeNumber("seed", values.seed);

const total = { policies: 0, decisions: 0, allowed: 0 };
const started = performance.now();
const outcome = await fc.check(
  fc.asyncProperty(decisionCase({ min: REQUESTS_A_POLICY, max: REQUESTS_A_POLICY }), async (one) => {
    const { differences, allowed } = await compareJudges(one, true);
    total.policies += 1;
    total.decisions += one.requests.length;
    total.allowed += allowed;
    if (total.policies % 2000 === 0) progress();
    return differences.length === 0;
  }),
  { seed, numRuns: Math.max(1, Math.ceil(cases / REQUESTS_A_POLICY)) },
);

const [found] = outcome.counterexample ?? [];
if (outcome.failed && found !== undefined) await keep(found);
console.log(
  [
    `seed ${seed}: ${total.decisions} decisions over ${total.policies} policies in ${seconds()} s`,
    `allowed: ${share(total.allowed)}`,
    "each decided by the index, by the reference (with determining rows) and by stock casbin",
    outcome.failed ? "a difference was found" : "differences: 0",
  ].join("\n"),
);
process.exitCode = outcome.failed ? 1 : 0;

/** Prints the smallest case that was found and puts it into the corpus, which `npm test` replays. */
async function keep(found: DecisionCase): Promise<void> {
  const smallest = await minimised(found);
  const { differences } = await compareJudges(smallest, true);
  mkdirSync(CORPUS, { recursive: true });
  const path = `${CORPUS}/seed-${seed}-run-${outcome.numRuns}.json`;
  writeFileSync(path, `${JSON.stringify(smallest, null, 2)}\n`);
  console.log(JSON.stringify({ keptAs: path, case: smallest, differences }, null, 2));
}

/** One request, and no row that could be left out: what fast-check's own shrinking leaves is not that small. */
async function minimised({ rows, requests }: DecisionCase): Promise<DecisionCase> {
  const single = requests.map((request): DecisionCase => ({ rows, requests: [request] }));
  let smallest: DecisionCase = { rows, requests };
  for (const one of single) if (smallest.requests.length > 1 && (await differs(one))) smallest = one;
  for (const row of rows) {
    const smaller = { ...smallest, rows: smallest.rows.filter((other) => other !== row) };
    if (await differs(smaller)) smallest = smaller;
  }
  return smallest;
}

async function differs(one: DecisionCase): Promise<boolean> {
  if (!one.rows.some(([type]) => type === "p")) return false;
  return (await compareJudges(one, true)).differences.length > 0;
}

function progress(): void {
  console.error(`${total.decisions} of ${cases}, ${share(total.allowed)} allowed, ${seconds()} s`);
}

function share(part: number): string {
  return `${((100 * part) / Math.max(1, total.decisions)).toFixed(1)} %`;
}

function seconds(): string {
  return ((performance.now() - started) / 1000).toFixed(0);
}
