import type { Command } from "commander";
import { createCommand, withCommonOptions } from "../terminal/common-options.ts";
import type { Run } from "../terminal/context.ts";
import { withPolicyOption } from "../terminal/policy-options.ts";
import type { WhoCanArguments } from "./run-who-can.ts";

export function whoCanCommand(run: Run): Command {
  const command = createCommand({
    name: "who-can",
    summary: "list everyone who may call a route or has a permission",
    description: [
      "Lists every role, group, user, client and scope of the policy that may, and its conditions. A token with several subjects has the access of all of them, and a deny of any of them wins.",
      "Exit status 0, or 2 if no one may.",
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
