import type { Command } from "commander";
import { createCommand, withCommonOptions } from "../terminal/common-options.ts";
import type { Run } from "../terminal/context.ts";
import { withComparedPolicies } from "./compared-options.ts";
import type { DiffArguments } from "./run-diff.ts";

export function diffCommand(run: Run): Command {
  const command = createCommand({
    name: "diff",
    summary: "show who gains or loses access between two policies",
    description: [
      "Compares the decisions of two policies, not their spelling: which requests a group, user, client or scope may make, under which condition, and who may sign up. Changes that widen access are marked.",
      "BASE and HEAD are directories or git revisions; HEAD defaults to the directory of --policies. An ambiguous name is refused: ./main is the directory, main^0 the commit.",
      "Exit status 0 if nothing differs, else 2; with --fail-on widening 2 only if someone gains access. Also 2 if the policy of BASE does not load, since nothing can be compared; 3 if that of HEAD does not load.",
    ],
    examples: [
      ["diff main", "what does this branch change?"],
      ["diff origin/main --fail-on widening --format markdown", "for a pull request"],
      ["diff old-policies policies", "two directories"],
    ],
  });
  return withCommonOptions(withComparedPolicies(command), ["pretty", "json", "markdown"]).action(
    (base: string, head: string | undefined, options: DiffArguments) =>
      run(options, async (context) => (await import("./run-diff.ts")).runDiff(context, base, head, options)),
  );
}
