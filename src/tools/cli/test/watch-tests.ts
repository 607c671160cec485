import { statSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { csvFiles } from "../../machine/policy-files.ts";
import type { Context } from "../terminal/context.ts";
import { EXIT, type ExitCode } from "../terminal/exit-code.ts";
import { reportFailure } from "../terminal/failure.ts";
import { matchingFiles } from "./matching-files.ts";

export interface Watched {
  /** The directory of the policy. */
  readonly policies: string;
  /** Of the test files. */
  readonly patterns: readonly string[];
  readonly verbose: boolean;
}

/** The polling interval, in milliseconds. Polling file times works on every file system. */
const PERIOD = 200;

/**
 * Runs the tests now, and again whenever the policy or a test file changes. Prints errors and waits for the next
 * change. Ends when interrupted, with the exit status of the last run.
 */
export async function watchTests(context: Context, watched: Watched, run: () => ExitCode): Promise<ExitCode> {
  const interrupted = new AbortController();
  process.once("SIGINT", () => interrupted.abort());
  let before = stampsOf(context, watched);
  let code = attempt(context, watched, run);
  for (;;) {
    context.output.notes.line(
      context.output.notes.style("dim", "\nWatching for changes; press Ctrl-C to stop."),
    );
    let last = before;
    let settled = false;
    while (!settled || differing(before, last).length === 0) {
      if (!(await passed(PERIOD, interrupted.signal))) return code;
      const now = stampsOf(context, watched);
      // Editors write a file in several steps; the same state twice means that they are done.
      settled = differing(last, now).length === 0;
      last = now;
    }
    const changed = differing(before, last);
    before = last;
    context.output.screen.heading(`${changed.join(", ")} changed`);
    code = attempt(context, watched, run);
  }
}

function attempt({ output }: Context, { verbose }: Watched, run: () => ExitCode): ExitCode {
  try {
    return run();
  } catch (error) {
    reportFailure(error, output, verbose);
    return EXIT.couldNotRun;
  }
}

/** Whether the time passed without an interruption. */
async function passed(milliseconds: number, signal: AbortSignal): Promise<boolean> {
  try {
    await delay(milliseconds, undefined, { signal });
    return true;
  } catch (error) {
    if (signal.aborted) return false;
    throw error;
  }
}

/** Each relevant file -> a fingerprint of its state. */
function stampsOf({ directory }: Context, { policies, patterns }: Watched): ReadonlyMap<string, string> {
  try {
    const tests = patterns.flatMap((pattern) => {
      const { files, refused } = matchingFiles(directory, pattern);
      return [...files, ...refused.map(({ file }) => file)];
    });
    const paths = [
      join(policies, "model.conf"),
      ...csvFiles(policies),
      ...tests.map((file) => resolve(directory, file)),
    ];
    return new Map(paths.map((path) => [relative(directory, path), stampOf(path)]));
  } catch {
    // The directory is missing or unreadable; the run reports it.
    return new Map([[relative(directory, policies), "unreadable"]]);
  }
}

/** A file may disappear at any moment. */
function stampOf(path: string): string {
  const stat = statSync(path, { throwIfNoEntry: false });
  return stat === undefined ? "" : `${stat.mtimeMs} ${stat.size} ${stat.ino}`;
}

function differing(a: ReadonlyMap<string, string>, b: ReadonlyMap<string, string>): readonly string[] {
  return [...new Set([...a.keys(), ...b.keys()])].filter((path) => a.get(path) !== b.get(path)).sort();
}
