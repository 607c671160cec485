import { type Command, Option } from "commander";
import { createCommand, withCommonOptions } from "../common-options.ts";
import type { Run } from "../context.ts";
import type { DiffArguments } from "../policy/run-diff.ts";
import { withPolicyOption } from "../policy-options.ts";

export function diffCommand(run: Run): Command {
  const command = createCommand({
    name: "diff",
    summary: "show who gains or loses what between two policies",
    description: [
      "Compares what two policies decide, not how they are written: who may call which route under which condition, who may sign up. What lets more people in is marked.",
      "BASE and HEAD are directories or git revisions; without HEAD the directory of --policies is compared.",
      "Ends with 0 where nothing differs, else with 2; with --fail-on widening only where somebody gains.",
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
      new Option("--fail-on <what>", "what ends with 2").choices(["any", "widening"]).default("any"),
    );
  return withCommonOptions(withPolicyOption(command), ["pretty", "json", "markdown"]).action(
    (base: string, head: string | undefined, options: DiffArguments) =>
      run(options, async (context) =>
        (await import("../policy/run-diff.ts")).runDiff(context, base, head, options),
      ),
  );
}
