import type { Command } from "commander";
import { createCommand, withCommonOptions } from "../terminal/common-options.ts";
import type { Run } from "../terminal/context.ts";
import { withPolicyOption } from "../terminal/policy-options.ts";
import type { AskArguments } from "./ask.ts";
import { withQuestionOptions } from "./question-options.ts";

export function canCommand(run: Run): Command {
  const command = createCommand({
    name: "can",
    summary: "ask whether a caller may call a route or has a permission",
    description: [
      "Decides by the policy in --policies, as an authorizer does, and shows the determining rows.",
      "SUBJECTS are the subjects of a token, separated by commas: group:support, user:SUB, client:web, scope:api/read. The subjects that every token of that kind holds are added. With --token they come from an access token, and the route or permission is the only argument.",
      "Exit status 0 for an allow, 2 for a deny.",
    ],
    examples: [
      ["can group:support 'GET /orders'", "may support staff list orders?"],
      [
        "can group:customers 'GET /users/42/orders' --claim sub=42",
        "a path with a value, and the claim that a condition compares it with",
      ],
      ["can role:finance orders:refund --format json", "a permission, for a program"],
      ["can --token token.txt --jwks jwks.json 'DELETE /orders/{orderId}'", "the caller with this token"],
    ],
  });
  withQuestionOptions(command.argument("<question...>", "SUBJECTS and ROUTE or PERMISSION"));
  return withCommonOptions(withPolicyOption(command)).action((args: string[], options: AskArguments) =>
    run(options, async (context) => (await import("./run-can.ts")).runCan(context, args, options)),
  );
}
