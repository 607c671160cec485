import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { JsonObject } from "../../../json.ts";
import { functionEnvironment } from "../child-environment.ts";
import { openEmptyPool } from "../gateways/empty-pool.ts";
import { startServerless } from "../serverless-process.ts";
import { RecordError } from "./record-error.ts";
import { runIn, type SampleRun } from "./sample-entry.ts";
import { sampleJson } from "./sample-json.ts";

/** Runs a function with a sample. @throws RecordError `run` where it does not run */
export type RunSample = (functionName: string, sample: JsonObject) => Promise<SampleRun>;

/** On a machine that has much else to do. */
const LIMIT_MS = 120_000;

/**
 * Runs samples by `sls invoke local`, as the tests and people do: with keys, orders and a user pool of their own, so
 * that what the running stack has neither counts nor changes.
 *
 * @param folder for the files of a run; emptied before each
 */
export function invokeLocal(folder: string): RunSample {
  const run = async (functionName: string, sample: JsonObject): Promise<SampleRun> => {
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
    const file = join(folder, "event.json");
    writeFileSync(file, sampleJson(sample));
    const env = functionEnvironment(process.env, folder, await openEmptyPool());
    const lines: string[] = [];
    const serverless = startServerless(["invoke", "local", "-f", functionName, "-p", file], env, (line) =>
      lines.push(line),
    );
    const late = setTimeout(() => serverless.kill(), LIMIT_MS);
    await serverless.exited;
    clearTimeout(late);
    const found = runIn(lines.join("\n"));
    rmSync(folder, { recursive: true, force: true });
    if (found !== undefined) return found;
    throw new RecordError(
      "run",
      `\`sls invoke local -f ${functionName}\` gave no answer with the sample, and nothing was saved:\n${serverless.output()}`,
    );
  };
  // One after the other: they share the folder.
  let last: Promise<unknown> = Promise.resolve();
  return (functionName, sample) => {
    const next = last.then(() => run(functionName, sample));
    last = next.catch(() => undefined);
    return next;
  };
}
