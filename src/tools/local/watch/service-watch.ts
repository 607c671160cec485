import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { watchSettled } from "./settled-watch.ts";

/**
 * Reports a change of `serverless.yml` or a file of `resources/`. Functions, routes and the user pool are built from
 * them, and only a restart picks them up.
 *
 * @param root the directory of `serverless.yml`
 * @param since the {@link serviceStamp} from before the service was packaged, which takes seconds
 * @returns stops watching
 */
export function watchService(root: string, since: string, onChange: () => void): () => void {
  return watchSettled(() => serviceStamp(root), onChange, since);
}

/** Differs between two states of the service's files. */
export function serviceStamp(root: string): string {
  const resources = join(root, "resources");
  const fragments = namesIn(resources).filter((name) => /\.ya?ml$/.test(name));
  return [join(root, "serverless.yml"), ...fragments.map((name) => join(resources, name))]
    .map((path) => {
      const stat = statSync(path, { throwIfNoEntry: false });
      return `${path} ${stat?.mtimeMs} ${stat?.size}`;
    })
    .join("\n");
}

function namesIn(directory: string): string[] {
  try {
    return readdirSync(directory).sort();
  } catch {
    return [];
  }
}
