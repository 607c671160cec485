import type { Command } from "commander";
import { createCommand, withCommonOptions } from "../terminal/common-options.ts";
import type { Run } from "../terminal/context.ts";
import { withPolicyOption } from "../terminal/policy-options.ts";
import type { WhoCanArguments } from "./run-who-can.ts";

export function whatCanCommand(run: Run): Command {
  const command = createCommand({
    name: "what-can",
    summary: "list every route that a caller may call",
    description: [
      "Lists every route that a token with SUBJECTS may call, and its conditions.",
      "Exit status 0, or 2 if there is none.",
    ],
    examples: [
      ["what-can group:customers", "what may customers do?"],
      ["what-can group:support,group:finance", "a user in two groups"],
    ],
  });
  command.argument("<subjects>", "SUBJECTS, separated by commas");
  return withCommonOptions(withPolicyOption(command)).action((subjects: string, options: WhoCanArguments) =>
    run(options, async (context) =>
      (await import("./run-who-can.ts")).runWhatCan(context, subjects, options),
    ),
  );
}
