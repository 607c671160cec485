import { loadPolicy } from "../../../policy/load.ts";
import type { Policy } from "../../../policy/policy.ts";
import { QuestionError } from "../../access/question.ts";
import { CommandError } from "../../machine/command-error.ts";
import type { Context } from "./context.ts";
import { type PolicyOptions, readPolicies } from "./policy-options.ts";

/** The policy of `--policies`. @throws CommandError, PolicyError */
export function policyOf(context: Context, options: PolicyOptions): Policy {
  return loadPolicy(readPolicies(context, options));
}

/** Asks a question; an invalid one is a usage error. @throws CommandError `command_usage` */
export function asking<T>(ask: () => T): T {
  try {
    return ask();
  } catch (error) {
    if (!(error instanceof QuestionError)) throw error;
    throw new CommandError("command_usage", error.message, {
      ...(error.fix !== undefined && { fix: error.fix }),
      cause: error,
    });
  }
}

/** Repeated `name=value` as a record without a prototype. */
export function valuesOf(pairs: readonly string[] = []): Readonly<Record<string, string>> {
  const values: Record<string, string> = Object.create(null) as Record<string, string>;
  for (const pair of pairs) {
    const at = pair.indexOf("=");
    if (at < 1)
      throw new CommandError("command_usage", `\`${pair}\` is not name=value`, { fix: "write name=value" });
    values[pair.slice(0, at)] = pair.slice(at + 1);
  }
  return values;
}
