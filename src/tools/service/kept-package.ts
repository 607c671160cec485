import { existsSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";

const SIGNALS = ["SIGINT", "SIGTERM"] as const;

/**
 * Runs a command that packages, and leaves the `.serverless` of the service as it was. The framework deletes that
 * folder and packages into it, also where `--package` names another one, to which it moves the result at the end.
 *
 * A program that handles a signal itself has to end the work: the folder returns after that, or when it exits.
 *
 * @param directory of serverless.yml
 */
export async function keepingPackage<T>(directory: string, work: () => Promise<T>): Promise<T> {
  const own = join(directory, ".serverless");
  const aside = join(directory, `.serverless-kept-${process.pid}`);
  const isKept = existsSync(own);
  if (isKept) renameSync(own, aside);
  const restore = () => {
    for (const signal of unhandled) process.removeListener(signal, interrupted);
    process.removeListener("exit", restore);
    rmSync(own, { recursive: true, force: true });
    if (isKept) renameSync(aside, own);
  };
  const interrupted = (signal: NodeJS.Signals) => {
    restore();
    process.kill(process.pid, signal);
  };
  const unhandled = SIGNALS.filter((signal) => process.listenerCount(signal) === 0);
  for (const signal of unhandled) process.once(signal, interrupted);
  process.once("exit", restore);
  try {
    return await work();
  } finally {
    restore();
  }
}
