// The long form of the law in test/property/proof.test.ts: npm run test:proof -- --pairs 100000
import fc from "fast-check";
import { proven } from "../support/proven-pair.ts";
import { smallPair } from "../support/route-changes.ts";
import { scriptOptions, wholeNumber } from "../support/script-options.ts";

const USAGE = `npm run test:proof -- [options]

  --pairs N    pairs of small policies, 10000 by default
  --seed N     of the draw; another one each time by default`;

const values = scriptOptions(USAGE, {
  pairs: { type: "string", default: "10000" },
  seed: { type: "string", default: String(Date.now() % 2 ** 31) },
});
const [pairs, seed] = [wholeNumber("pairs", values.pairs, 1), wholeNumber("seed", values.seed)];

const seen = { equal: 0, wider: 0, narrower: 0, both: 0 };
let count = 0;
const started = performance.now();
const outcome = fc.check(
  fc.property(smallPair, ({ pair, withTenants }) => {
    const { proof, said, tried } = proven(pair, withTenants);
    seen[said.wider ? (said.narrower ? "both" : "wider") : said.narrower ? "narrower" : "equal"] += 1;
    count += 1;
    if (count % 1000 === 0) process.stderr.write(`${count} pairs in ${seconds()} s\n`);
    return proof.unproven.length === 0 && said.wider === tried.wider && said.narrower === tried.narrower;
  }),
  { seed, numRuns: pairs },
);
if (outcome.failed) console.log(JSON.stringify(outcome.counterexample, null, 2));
console.log(
  [
    `seed ${seed}: ${count} pairs in ${seconds()} s`,
    `equal ${seen.equal}, wider ${seen.wider}, narrower ${seen.narrower}, both ${seen.both}`,
    "each by every possible token, request and permission of a small world",
    outcome.failed ? "a difference was found" : "differences: 0",
  ].join("\n"),
);
process.exitCode = outcome.failed ? 1 : 0;

function seconds(): string {
  return ((performance.now() - started) / 1000).toFixed(0);
}
