// npm run test:fuzz -- --cases 100000 --seed 1 --only httpAuthorizer
// Throws events at every handler: none may be allowed without a good token, and nothing may break.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { LOCAL } from "../../src/tools/local/identifiers.ts";
import { jwksBytes, POOL_KEY } from "../support/authorization.ts";
import { refuse, scriptOptions, wholeNumber } from "../support/script-options.ts";
import { events } from "./mutations.ts";
import { fuzzTargets, type Target } from "./targets.ts";

const USAGE = `npm run test:fuzz -- [options]

  --cases N      events for all functions together, 100000 by default
  --seed N       of the draw; another one each time by default
  --only NAME    one function`;

const values = scriptOptions(USAGE, {
  cases: { type: "string", default: "100000" },
  seed: { type: "string", default: String(Date.now() % 2 ** 31) },
  only: { type: "string" },
});
const cases = wholeNumber("cases", values.cases);
const seed = wholeNumber("seed", values.seed);

const folder = mkdtempSync(join(tmpdir(), "claimgate-fuzz-"));
process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
const keys = join(folder, "jwks.json");
writeFileSync(keys, new Uint8Array(jwksBytes([POOL_KEY])));
Object.assign(process.env, {
  CLAIMGATE_LOCAL_JWKS: keys,
  CLAIMGATE_USER_POOL_ID: LOCAL.userPoolId,
  CLAIMGATE_APP_CLIENTS: JSON.stringify(LOCAL.appClients),
});

const targets = (await fuzzTargets()).filter(({ name }) => values.only === undefined || name === values.only);
if (targets.length === 0) refuse(`no function is called \`${values.only}\``);
// Half of the events cannot be allowed, whatever is done to them; of the other half some may be.
const runs = Math.ceil(cases / targets.length / 2);
let found = false;
for (const target of targets) {
  const hopeless = await fire(target, target.hopeless, false);
  const hopeful = await fire(target, target.hopeful, true);
  found ||= hopeless.failed || hopeful.failed;
  console.log(
    `${target.name}: ${hopeless.runs + hopeful.runs} events, ${hopeful.allowed} of ${hopeful.runs} with good tokens allowed`,
  );
}
console.log(`seed ${seed}: ${found ? "FAILED" : "clean"}`);
process.exitCode = found ? 1 : 0;

async function fire({ name, invoke }: Target, samples: readonly unknown[], mayAllow: boolean) {
  const total = { runs: 0, allowed: 0 };
  const outcome = await fc.check(
    fc.asyncProperty(events(samples), async (event) => {
      const { allowed, fault } = await invoke(event);
      total.runs += 1;
      if (allowed) total.allowed += 1;
      if (fault !== undefined) throw new Error(fault);
      if (allowed && !mayAllow) throw new Error("allowed without a token that may");
    }),
    { seed, numRuns: runs },
  );
  if (outcome.failed) {
    console.log(`${name}: ${String(outcome.errorInstance)}`);
    console.log(JSON.stringify(outcome.counterexample?.[0], null, 2));
  }
  return { ...total, failed: outcome.failed };
}
