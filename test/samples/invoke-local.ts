import { resolve } from "node:path";
import { runServerless } from "../support/serverless.ts";

/** What `sls invoke local` came to with one event. */
export interface Invocation {
  readonly exitStatus: number;
  /** What it printed to standard output: log lines, then the answer. */
  readonly output: string;
}

const MARK = /^== invoked: (.*)\n/m;
const PRELOADED = resolve("test/samples/invoke-again.cjs");

/** A function to invoke. */
export interface Invoked {
  readonly name: string;
  /** Variables beside those of serverless.yml. */
  readonly environment: Readonly<Record<string, string>>;
}

/**
 * Runs `sls invoke local` with the first event, and has its process invoke the function with the further ones.
 *
 * @returns an invocation for each event, in their order
 * @throws Error with what was printed where an event has none, or where the process ends with another status than the
 *   last event
 */
export async function invokeLocal(
  { name, environment }: Invoked,
  events: readonly string[],
): Promise<readonly Invocation[]> {
  const [first = "", ...further] = events;
  // The plugin makes the path of a policy absolute, since the function runs in the folder of its bundle.
  const { CLAIMGATE_POLICIES: policies, ...others } = environment;
  const variables = Object.entries(others).flatMap(([key, value]) => ["-e", `${key}=${value}`]);
  const run = await runServerless(
    ["invoke", "local", "-f", name, "-p", first, ...variables],
    process.cwd(),
    {
      NODE_OPTIONS: `--require ${JSON.stringify(PRELOADED)}`,
      INVOKE_AGAIN: JSON.stringify(further),
      ...(policies !== undefined && { CLAIMGATE_POLICIES: policies }),
    },
    120_000,
  );
  const parts = run.stdout.split(MARK).slice(0, -1);
  const invocations = events.map((_event, index) => {
    const [output, end] = [parts[2 * index], parts[2 * index + 1]];
    if (output === undefined || end === undefined) {
      throw new Error(`${index} of ${events.length} events were answered:\n${run.output}`);
    }
    return { output, exitStatus: (JSON.parse(end) as Invocation).exitStatus };
  });
  const last = invocations.at(-1)?.exitStatus;
  if (run.code !== last) throw new Error(`the process ended with ${run.code}, its last event with ${last}`);
  return invocations;
}
