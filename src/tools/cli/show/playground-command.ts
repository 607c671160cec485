import type { Command } from "commander";
import { createCommand, withCommonOptions } from "../terminal/common-options.ts";
import type { Run } from "../terminal/context.ts";
import { withPolicyOption } from "../terminal/policy-options.ts";
import type { PlaygroundArguments } from "./run-playground.ts";

export function playgroundCommand(run: Run): Command {
  const command = createCommand({
    name: "playground",
    summary: "write a page to try out the policy in a browser",
    description: [
      "Writes one HTML page with the policy engine and a copy of the policy in it: change rows, ask who may do what, and see the deciding row, the findings and the matrix while you type. The page works from disk. It sends nothing, and changes no file of the policy.",
      "Overwrites the file. Anyone who has it can read the policy.",
    ],
    examples: [
      ["playground", "the policy of policies/, to playground.html"],
      ["playground --policies other/policies -o other.html", "another one"],
    ],
  });
  command.option("-o, --output <file>", "the file to write; - is standard output", "playground.html");
  return withCommonOptions(withPolicyOption(command)).action((options: PlaygroundArguments) =>
    run(options, async (context) => (await import("./run-playground.ts")).runPlayground(context, options)),
  );
}
