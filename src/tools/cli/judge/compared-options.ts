import { type Command, Option } from "commander";
import { withPolicyOption } from "../terminal/policy-options.ts";

/** Adds what the commands about BASE and HEAD have in common. */
export function withComparedPolicies(command: Command): Command {
  command
    .argument("<base>", "a directory, or a git revision")
    .argument("[head]", "the same (default: the directory of --policies)")
    .addOption(
      new Option("--fail-on <what>", "the differences that give exit status 2")
        .choices(["any", "widening"])
        .default("any"),
    );
  return withPolicyOption(command);
}
