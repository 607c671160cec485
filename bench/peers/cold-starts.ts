import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Workload } from "../decision-workload.ts";
import { median } from "../measure.ts";
import type { ColdStart } from "../report/results.ts";
import { bundleBytes, bundleStack, STACKS, WITHOUT_POLICY } from "./bundles.ts";
import { eventOf } from "./http-events.ts";
import { peerPolicyOf } from "./peer-policy.ts";
import { referenceOf } from "./reference.ts";
import { shuffled } from "./turns.ts";

/** Milliseconds from the end of Node's own start to the first answer. @throws Error for a wrong answer */
export async function measureColdStarts(
  folder: string,
  workload: Workload,
  starts: number,
): Promise<readonly ColdStart[]> {
  const allows = referenceOf(peerPolicyOf(workload));
  const request = workload.requests.find(({ subjects, permissions: [name = ""] }) => allows(subjects, name));
  if (request === undefined) throw new RangeError("the workload allows nothing");
  const event = JSON.stringify(eventOf(request));
  const bundles = new Map<string, string>();
  for (const name of [...Object.keys(STACKS), WITHOUT_POLICY])
    bundles.set(name, await bundleStack(name, { folder, workload, memory: 0 }));
  const programs = [...bundles].map(([name, bundle]) => ({
    name,
    bundle,
    program: programOf(bundle, event),
  }));
  const times = new Map<string, number[]>();
  // The first two rounds warm the file cache.
  for (let round = -2; round < starts; round += 1) {
    for (const { name, program } of shuffled(programs)) {
      const ms = start(name, program);
      if (round >= 0) times.set(name, [...(times.get(name) ?? []), ms]);
    }
  }
  return programs.map(({ name, bundle }) => ({
    name,
    ms: median(times.get(name) ?? []),
    kilobytes: Math.round(bundleBytes(bundle) / 1_000),
  }));
}

/** Asks the bundle once. A decision log must not be taken for the answer. */
function programOf(bundle: string, event: string): string {
  const program = join(bundle, "../start.js");
  const text = `
const write = process.stdout.write.bind(process.stdout);
process.stdout.write = () => true;
require(${JSON.stringify(bundle)}).handler(${event}).then(({ isAuthorized }) => {
  const ms = performance.now() - performance.nodeTiming.bootstrapComplete;
  write(JSON.stringify({ ms, isAuthorized }));
});`;
  writeFileSync(program, text);
  writeFileSync(join(bundle, "../package.json"), '{"type":"commonjs"}\n');
  return program;
}

function start(name: string, program: string): number {
  const answer = JSON.parse(execFileSync(process.execPath, [program], { encoding: "utf8" })) as {
    readonly ms: number;
    readonly isAuthorized: boolean;
  };
  if (!answer.isAuthorized) throw new Error(`${name} denies the first request`);
  return answer.ms;
}
