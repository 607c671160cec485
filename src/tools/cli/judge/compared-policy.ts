import { existsSync, statSync } from "node:fs";
import { resolve } from "node:path";
import { assemblePolicy } from "../../../policy/assemble.ts";
import { type CompiledPolicy, compilePolicy, type PolicyFile, textOf } from "../../../policy/compile.ts";
import { type Finding, PolicyError } from "../../../policy/finding.ts";
import type { DiffSide } from "../../access/policy-diff.ts";
import { CommandError } from "../../machine/command-error.ts";
import {
  isRevision,
  RevisionWithoutPolicy,
  readGroupsRevision,
  readPolicyRevision,
} from "../../machine/git-revision.ts";
import { readGroupsFile } from "../../machine/policy-files.ts";
import type { Context } from "../terminal/context.ts";
import { type PolicyOptions, policiesOf, readPolicies } from "../terminal/policy-options.ts";

/**
 * The policy that BASE or HEAD names: of a directory or a git revision. `./main` and `main/` are always directories; a
 * plain name is whichever of the two exists.
 *
 * @param policies the absolute directory of `--policies`, which is read from a revision
 * @param what its name in messages
 * @throws CommandError for an empty or ambiguous name; PolicyError, whose findings name files of a revision as git
 * does: `main:policies/roles.csv`
 */
function comparedPolicy(
  context: Context,
  policies: string,
  named: string,
  what: "BASE" | "HEAD",
): CompiledPolicy {
  if (named.trim() === "") {
    throw new CommandError("command_usage", `${what} is empty: expected a directory or a git revision`, {
      fix: "in CI, check that the variable with the revision is set",
    });
  }
  const isDirectory = meansDirectory(context, named);
  if (isDirectory && !isSpelledAsPath(named) && isRevision(policies, named)) {
    throw new CommandError("command_usage", `\`${named}\` is both a directory and a git revision`, {
      fix: `write \`./${named}\` for the directory, or \`${named}^0\` for the commit of the revision`,
    });
  }
  return isDirectory
    ? compilePolicy(readPolicies(context, { policies: named }))
    : ofRevision(named, () => compilePolicy(readPolicyRevision(policies, named)));
}

/** The two policies of a command about BASE and HEAD. */
interface ComparedPolicies {
  /** The findings of BASE if it does not load. */
  readonly before: CompiledPolicy | { readonly findings: readonly Finding[] };
  readonly after: CompiledPolicy;
}

/**
 * @param head undefined for the directory of `--policies`
 * @throws CommandError; PolicyError if the policy of HEAD is not valid
 */
export function comparedPolicies(
  context: Context,
  options: PolicyOptions,
  base: string,
  head: string | undefined,
): ComparedPolicies {
  const own = policiesOf(context, options);
  const after =
    head === undefined
      ? compilePolicy(readPolicies(context, options))
      : comparedPolicy(context, own, head, "HEAD");
  try {
    return { before: comparedPolicy(context, own, base, "BASE"), after };
  } catch (error) {
    if (error instanceof RevisionWithoutPolicy) {
      return { before: { findings: [noPolicyYet(base, error.folder)] }, after };
    }
    if (!(error instanceof PolicyError)) throw error;
    return { before: { findings: error.findings }, after };
  }
}

/** As for a policy that does not load: a first policy gives access, so it is not equal to none. */
function noPolicyYet(base: string, folder: string): Finding {
  return {
    rule: "empty-policy",
    file: `${base}:${folder}`,
    line: 1,
    column: 1,
    message: "the revision has no policy in this directory",
    fix: "if the directory had another name, give that one with `--policies`, and the one of now as HEAD",
  };
}

/** A policy and its rows in their canonical spelling. */
export function sideOf(compiled: CompiledPolicy): DiffSide {
  const rows = compiled.rows.map((row) => ({
    file: compiled.files[row[1]] ?? "",
    line: row[2],
    text: textOf(row),
  }));
  return { policy: assemblePolicy(compiled), rows };
}

/** `groups.yaml` of the policy from {@link comparedPolicy}; undefined if there is none. */
export function comparedGroups(
  context: Context,
  policies: string,
  named: string | undefined,
): PolicyFile | undefined {
  if (named === undefined) return readGroupsFile(policies);
  if (meansDirectory(context, named)) return readGroupsFile(resolve(context.directory, named));
  return ofRevision(named, () => readGroupsRevision(policies, named));
}

function ofRevision<T>(revision: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof PolicyError)) throw error;
    throw new PolicyError(error.findings.map((one) => ({ ...one, file: `${revision}:${one.file}` })));
  }
}

function meansDirectory({ directory }: Context, named: string): boolean {
  return isSpelledAsPath(named) || isDirectoryAt(resolve(directory, named));
}

function isSpelledAsPath(named: string): boolean {
  return /^(\.{1,2}(\/|$)|\/)|\/$/.test(named);
}

function isDirectoryAt(path: string): boolean {
  return existsSync(path) && statSync(path).isDirectory();
}
