import { resolve } from "node:path";
import type { Command } from "commander";
import type { Context } from "./context.ts";

/** What every command that reads the policy takes. */
export interface PolicyOptions {
  readonly policies: string;
}

export function withPolicyOption(command: Command): Command {
  return command.option("--policies <dir>", "the directory of the policy", "policies");
}

export function policiesOf({ directory }: Context, { policies }: PolicyOptions): string {
  return resolve(directory, policies);
}
