import { existsSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";

const SIGNALS = ["SIGINT", "SIGTERM"] as const;

/**
 * Runs a command that packages, and leaves the `.serverless` of the service as it was. The framework deletes that
 * folder and packages into it, also where `--package` names another one, to which it moves the result at the end.
 *
 * @param directory of serverless.yml
 */
export async function keepingPackage<T>(directory: string, work: () => Promise<T>): Promise<T> {
  const own = join(directory, ".serverless");
  const aside = join(directory, `.serverless-kept-${process.pid}`);
  const isKept = existsSync(own);
  if (isKept) renameSync(own, aside);
  const restore = () => {
    for (const signal of SIGNALS) process.removeListener(signal, interrupted);
    rmSync(own, { recursive: true, force: true });
    if (isKept) renameSync(aside, own);
  };
  const interrupted = (signal: NodeJS.Signals) => {
    restore();
    process.kill(process.pid, signal);
  };
  for (const signal of SIGNALS) process.once(signal, interrupted);
  try {
    return await work();
  } finally {
    restore();
  }
}
