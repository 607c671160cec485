import { randomUUID } from "node:crypto";
import { readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import type { PolicySources } from "../../policy/compile.ts";
import { PolicyError } from "../../policy/finding.ts";
import { loadPolicy } from "../../policy/load.ts";
import type { Policy } from "../../policy/policy.ts";
import { lintDirectory } from "../checking/lint-directory.ts";
import { readPolicyDirectory, stateOf } from "../machine/policy-files.ts";
import { hasCode } from "./error-code.ts";

/** A policy that packaging would accept. */
export interface GoodPolicy {
  readonly policy: Policy;
  readonly sources: PolicySources;
  /** The state of the directory from before its files were read ({@link stateOf}). */
  readonly stamp: string;
}

/**
 * Loads the policy of a directory as strictly as packaging does, apart from rules that need serverless.yml.
 * @throws PolicyError with all errors of the loader and the linter; an error of the file system
 */
export function loadEdited(directory: string): GoodPolicy {
  const { stamp } = stateOf(directory);
  const { errors } = lintDirectory(directory, undefined);
  if (errors.length > 0) throw new PolicyError(errors);
  const sources = readPolicyDirectory(directory);
  return { policy: loadPolicy(sources), sources, stamp };
}

/**
 * Keeps a good policy in a file. Each function runs in a thread of its own and loads the policy at its first call; when
 * the directory holds a bad edit by then, the function uses this one. Readers see the old file or the new one.
 */
export function keepLastGood(file: string, { sources, stamp }: GoodPolicy): void {
  const draft = `${file}.${randomUUID()}.tmp`;
  writeFileSync(draft, JSON.stringify({ sources, stamp }));
  renameSync(draft, file);
}

/** Keeps the policy of a directory, or nothing if it is not good: what an earlier run kept is not the last good one. */
export function keepAtStart(file: string, directory: string): void {
  rmSync(file, { force: true });
  let good: GoodPolicy;
  try {
    good = loadEdited(directory);
  } catch {
    // Packaging reports it and does not start.
    return;
  }
  keepLastGood(file, good);
}

/** The kept policy; undefined if none was good since the stack started. */
export function readLastGood(file: string): GoodPolicy | undefined {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (error) {
    if (hasCode(error, "ENOENT")) return undefined;
    throw error;
  }
  const { sources, stamp } = JSON.parse(text) as Omit<GoodPolicy, "policy">;
  return { policy: loadPolicy(sources), sources, stamp };
}
