import { assembleCompiled } from "./assemble.ts";
import { compilePolicy, type PolicySources } from "./compile.ts";
import type { Policy } from "./policy.ts";

export type { PolicyFile, PolicySources } from "./compile.ts";

/**
 * Loads a policy from the content of its files, completely or not at all.
 * @throws PolicyError with every finding
 *
 * @example
 * import { readFileSync } from "node:fs";
 * import { loadPolicy } from "claimgate/policy";
 *
 * const file = (path: string) => ({ path, text: readFileSync(path, "utf8") });
 * export const policy = loadPolicy({ model: file("policies/model.conf"), rows: [file("policies/roles.csv")] });
 */
export function loadPolicy(sources: PolicySources): Policy {
  return assembleCompiled(compilePolicy(sources));
}
