import type { Command } from "commander";
import { createCommand, withCommonOptions } from "../terminal/common-options.ts";
import type { Run } from "../terminal/context.ts";
import { withPolicyOption } from "../terminal/policy-options.ts";
import type { AskArguments } from "./ask.ts";
import { withQuestionOptions } from "./question-options.ts";

export function explainCommand(run: Run): Command {
  const command = createCommand({
    name: "explain",
    summary: "explain why a caller may or may not do something",
    description: [
      "Takes the arguments of `can`. For an allow it shows the rows and the roles that lead to them; for a deny the denying rows, or what is missing and the rows that would grant it, nearest first.",
      "Exit status 0 for an allow, 2 for a deny.",
    ],
    examples: [
      ["explain group:trainees 'POST /orders/{orderId}/refund'", "why not?"],
      ["explain group:admins orders:delete", "by which roles?"],
    ],
  });
  withQuestionOptions(command.argument("<question...>", "SUBJECTS and ROUTE or PERMISSION"));
  return withCommonOptions(withPolicyOption(command)).action((args: string[], options: AskArguments) =>
    run(options, async (context) => (await import("./run-can.ts")).runExplain(context, args, options)),
  );
}
