import { existsSync } from "node:fs";
import { resolve } from "node:path";
import type { Command } from "commander";
import { ClaimgateError, messageOf } from "../../../errors.ts";
import type { PolicyFile, PolicySources } from "../../../policy/compile.ts";
import { CommandError } from "../../machine/command-error.ts";
import { type PolicyPlace, readPolicyDirectory } from "../../machine/policy-files.ts";
import type { Context } from "./context.ts";

/** What every command that reads the policy takes. */
export interface PolicyOptions {
  readonly policies: string;
}

export function withPolicyOption(command: Command): Command {
  return command.option("--policies <dir>", "the directory of the policy", "policies");
}

/**
 * The files of the policy.
 * @throws CommandError `policies_unreadable` where they are not there; PolicyError where one is no text
 */
export function readPolicies(context: Context, options: PolicyOptions): PolicySources {
  try {
    const sources = readPolicyDirectory(placeIn(context, options));
    sayIfLarge(context, sources.rows);
    return sources;
  } catch (cause) {
    if (cause instanceof ClaimgateError) throw cause;
    throw unreadable(context, options, cause);
  }
}

/** What every command says where the directory of the policy is not there, or closed. */
export function unreadable(context: Context, options: PolicyOptions, cause: unknown): CommandError {
  const { policies } = options;
  if (!existsSync(policiesOf(context, options))) {
    return new CommandError("policies_unreadable", `there is no directory \`${policies}\` here`, {
      cause,
      fix: "claimgate init writes a first policy, or give another with --policies",
    });
  }
  return new CommandError(
    "policies_unreadable",
    `the policy \`${policies}\` cannot be read: ${messageOf(cause)}`,
    { cause, fix: "give the directory of the policy with --policies" },
  );
}

/** From so many characters on it takes more than a moment to read the rows. */
const LARGE = 3_000_000;

/** Says that a large policy takes its time. */
export function sayIfLarge({ output }: Context, rows: readonly PolicyFile[]): void {
  const size = rows.reduce((sum, { text }) => sum + text.length, 0);
  if (size > LARGE) output.progress(`Reading ${(size / 1_000_000).toFixed(0)} MB of rows ...`);
}

/** The policy of `--policies`, whose files a person finds from where the command was called. */
export function placeIn(context: Context, options: PolicyOptions): PolicyPlace {
  return { directory: policiesOf(context, options), namedFrom: context.directory };
}

export function policiesOf({ directory }: Context, { policies }: PolicyOptions): string {
  return resolve(directory, policies);
}
