import type { Command } from "commander";
import { createCommand, withCommonOptions } from "../terminal/common-options.ts";
import type { Run } from "../terminal/context.ts";
import { withPolicyOption } from "../terminal/policy-options.ts";
import type { WhoCanArguments } from "./run-who-can.ts";

export function whoCanCommand(run: Run): Command {
  const command = createCommand({
    name: "who-can",
    summary: "list everybody who may call a route or has a permission",
    description: [
      "Every role, group, user, client and scope that the policy names and that may, with the conditions of it. A token that holds several has the sum of them, and a deny of any of them wins.",
      "Ends with 0, or with 2 where nobody may.",
    ],
    examples: [
      ["who-can 'DELETE /orders/{orderId}'", "who deletes orders?"],
      ["who-can reports:read --format json", "a permission, for a program"],
    ],
  });
  command.argument("<target>", "ROUTE or PERMISSION");
  return withCommonOptions(withPolicyOption(command)).action((target: string, options: WhoCanArguments) =>
    run(options, async (context) => (await import("./run-who-can.ts")).runWhoCan(context, target, options)),
  );
}
