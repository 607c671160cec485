import { CommandError } from "../../machine/command-error.ts";
import type { StageArguments } from "../terminal/common-options.ts";
import type { PolicyOptions } from "../terminal/policy-options.ts";

/** The options of `resume`. */
export interface ResumeArguments extends StageArguments, PolicyOptions {
  readonly stage: string;
  readonly permission?: readonly string[];
  readonly all?: true;
  readonly dryRun?: true;
}

/** The options of `stop`. */
export interface StopArguments extends ResumeArguments {
  readonly reason?: string;
  readonly by?: string;
  readonly show?: true;
  readonly force?: true;
}

/** The pattern of `--all`. */
export const EVERYTHING = "*";

/** The permissions that the options name, each once. @throws CommandError if they name none, or `--all` and others */
export function namedPermissions({ permission = [], all }: ResumeArguments): readonly string[] {
  if (all === true && permission.length > 0) {
    throw usage("`--all` and `--permission` exclude each other", "give one of them");
  }
  if (all === true) return [EVERYTHING];
  if (permission.length > 0) return [...new Set(permission)];
  throw usage("the options name no permission", "give `--permission`, or `--all` for everything");
}

export function usage(message: string, fix: string): CommandError {
  return new CommandError("command_usage", message, { fix });
}
