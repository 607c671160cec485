import type { Command } from "commander";
import { createCommand, withCommonOptions } from "../terminal/common-options.ts";
import type { Run } from "../terminal/context.ts";
import { withPolicyOption } from "../terminal/policy-options.ts";
import type { AskArguments } from "./ask.ts";
import { withQuestionOptions } from "./question-options.ts";

export function canCommand(run: Run): Command {
  const command = createCommand({
    name: "can",
    summary: "ask whether somebody may call a route or has a permission",
    description: [
      "Decides by the policy in --policies, as an authorizer does, and says by which row.",
      "SUBJECTS are what a token holds, separated by commas: group:support, user:SUB, client:web, scope:api/read. What every token of that kind holds is added. With --token they are taken from an access token, and only the route or permission is given.",
      "Ends with 0 for an allow, 2 for a deny.",
    ],
    examples: [
      ["can group:support 'GET /orders'", "may support list orders?"],
      [
        "can group:customers 'GET /users/42/orders' --claim sub=42",
        "a path with a value, and the claim that it is compared with",
      ],
      ["can role:finance orders:refund --format json", "a permission, for a program"],
      ["can --token token.txt --jwks jwks.json 'DELETE /orders/{orderId}'", "the holder of this token"],
    ],
  });
  withQuestionOptions(command.argument("<question...>", "SUBJECTS and ROUTE or PERMISSION"));
  return withCommonOptions(withPolicyOption(command)).action((args: string[], options: AskArguments) =>
    run(options, async (context) => (await import("./run-can.ts")).runCan(context, args, options)),
  );
}
