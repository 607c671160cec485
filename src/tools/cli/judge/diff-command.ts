import { type Command, Option } from "commander";
import { createCommand, withCommonOptions } from "../terminal/common-options.ts";
import type { Run } from "../terminal/context.ts";
import { withPolicyOption } from "../terminal/policy-options.ts";
import type { DiffArguments } from "./run-diff.ts";

export function diffCommand(run: Run): Command {
  const command = createCommand({
    name: "diff",
    summary: "show who gains or loses what between two policies",
    description: [
      "Compares what two policies decide, not how they are written: which requests a group, user, client or scope may do, under which condition, and who may sign up. What lets more people in is marked.",
      "BASE and HEAD are directories or git revisions; without HEAD the directory of --policies is compared. A name that is both is refused: ./main is the directory, main^0 the commit.",
      "Exit status 0 where nothing differs, else 2; with --fail-on widening 2 only where somebody gains. 2 as well where the policy of BASE does not load, since nothing can be compared; 3 where that of HEAD does not.",
    ],
    examples: [
      ["diff main", "what does this branch change?"],
      ["diff origin/main --fail-on widening --format markdown", "for a pull request"],
      ["diff old-policies policies", "two directories"],
    ],
  });
  command
    .argument("<base>", "a directory, or a git revision")
    .argument("[head]", "the same; by default the directory of --policies")
    .addOption(
      new Option("--fail-on <what>", "what gives exit status 2").choices(["any", "widening"]).default("any"),
    );
  return withCommonOptions(withPolicyOption(command), ["pretty", "json", "markdown"]).action(
    (base: string, head: string | undefined, options: DiffArguments) =>
      run(options, async (context) => (await import("./run-diff.ts")).runDiff(context, base, head, options)),
  );
}
