import { existsSync } from "node:fs";
import { resolve } from "node:path";
import type { Command } from "commander";
import { ClaimgateError } from "../../../errors.ts";
import type { PolicyFile, PolicySources } from "../../../policy/compile.ts";
import { CommandError } from "../../machine/command-error.ts";
import { whyNotRead } from "../../machine/file-reason.ts";
import { type PolicyPlace, readPolicyDirectory } from "../../machine/policy-files.ts";
import { writtenAdoption } from "../../service/plugins.ts";
import { shellWord } from "../../text/shell-word.ts";
import type { Context } from "./context.ts";

/** The options of every command that reads the policy. */
export interface PolicyOptions {
  readonly policies: string;
}

/** Without the option, the settings of the service name the directory: what is asked about is what is deployed. */
export function withPolicyOption(command: Command): Command {
  return command
    .option("--policies <dir>", "the directory of the policy", "policies")
    .hook("preAction", (_, action) => {
      if (action.getOptionValueSource("policies") !== "default") return;
      const configured = configuredPolicies(process.cwd());
      if (configured !== undefined) action.setOptionValueWithSource("policies", configured, "config");
    });
}

/** `custom.claimgate.policies` as written; undefined for a variable, which only the framework resolves. */
export function configuredPolicies(directory: string): string | undefined {
  const configured = writtenAdoption(directory)?.policies;
  return configured === undefined || configured.trim() === "" || configured.includes("${")
    ? undefined
    : configured;
}

/**
 * The files of the policy.
 * @throws CommandError `policies_unreadable` if they are missing; PolicyError if one is not UTF-8
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

/** The error for a missing or unreadable directory of the policy. */
export function unreadable(context: Context, options: PolicyOptions, cause: unknown): CommandError {
  const { policies } = options;
  if (!existsSync(policiesOf(context, options))) {
    const isConfigured = configuredPolicies(context.directory) === policies;
    const why = isConfigured
      ? "does not exist: `custom.claimgate.policies` of serverless.yml names it"
      : "does not exist";
    return new CommandError("policies_unreadable", `the directory \`${policies}\` ${why}`, {
      cause,
      fix: fixForMissing(context, options),
    });
  }
  return new CommandError(
    "policies_unreadable",
    `the policy \`${policies}\` cannot be read: ${whyNotRead(cause)}`,
    { cause, fix: "give the directory of the policy with `--policies`" },
  );
}

/** A new first policy would decide differently than one that was lost: only a service without claimgate gets one. */
function fixForMissing(context: Context, options: PolicyOptions): string {
  const adoption = writtenAdoption(context.directory);
  const another = "give another directory with `--policies`";
  if (adoption === undefined) return `run \`claimgate init\` to write a first policy, or ${another}`;
  const { policies: configured } = adoption;
  const isOther =
    configured !== undefined && resolve(context.directory, configured) !== policiesOf(context, options);
  return isOther
    ? `serverless.yml names another directory: add \`--policies ${shellWord(configured)}\``
    : `serverless.yml is set up for claimgate: restore the directory from version control, or ${another}`;
}

/** From this number of characters on, reading the rows takes noticeable time. */
const LARGE = 3_000_000;

/** Prints a note while it reads a large policy. */
export function sayIfLarge({ output }: Context, rows: readonly PolicyFile[]): void {
  const size = rows.reduce((sum, { text }) => sum + text.length, 0);
  if (size > LARGE) output.progress(`Reading ${(size / 1_000_000).toFixed(0)} MB of rows ...`);
}

/** The policy of `--policies`, with paths relative to the working directory. */
export function placeIn(context: Context, options: PolicyOptions): PolicyPlace {
  return { directory: policiesOf(context, options), namedFrom: context.directory };
}

export function policiesOf({ directory }: Context, { policies }: PolicyOptions): string {
  return resolve(directory, policies);
}
