import type { Command } from "commander";
import { createCommand, withCommonOptions } from "../terminal/common-options.ts";
import type { Run } from "../terminal/context.ts";
import { withComparedPolicies } from "./compared-options.ts";
import type { ProveArguments } from "./run-prove.ts";

export function proveCommand(run: Run): Command {
  const command = createCommand({
    name: "prove",
    summary: "prove that two policies decide alike, or show the smallest token that they answer differently",
    description: [
      "Compares two policies for every possible token: every concrete request, every permission that a handler checks, every app, and everyone who signs up. The answer is one of: access is unchanged; HEAD allows nothing more; HEAD denies nothing more; a token and a request that show the difference; or not proven.",
      "BASE and HEAD are directories or git revisions, as in diff, which lists all that changes.",
      "Exit status 0 if access is proven unchanged, else 2; with --fail-on widening 0 also if HEAD is proven to allow nothing more. Also 2 if the policy of BASE does not load, and 3 if that of HEAD does not load.",
    ],
    examples: [
      ["prove main", "is this refactoring one?"],
      ["prove origin/main --fail-on widening", "does this branch only take access away?"],
      ["prove old-policies policies", "two directories"],
    ],
  });
  return withCommonOptions(withComparedPolicies(command)).action(
    (base: string, head: string | undefined, options: ProveArguments) =>
      run(options, async (context) =>
        (await import("./run-prove.ts")).runProve(context, base, head, options),
      ),
  );
}
