import { type Command, Option } from "commander";
import { createCommand, withCommonOptions, withStageOptions } from "../terminal/common-options.ts";
import type { Run } from "../terminal/context.ts";
import type { LspArguments } from "./lsp-arguments.ts";

export function lspCommand(run: Run): Command {
  const command = createCommand({
    name: "lsp",
    summary: "serve an editor: a language server over standard input and output",
    description: [
      "Speaks the Language Server Protocol on standard input and output, until the editor closes them. docs/editor.md says how to set up editors.",
      "The findings are those of check, of the text in the editor. --service adds those of check --service: the server then runs the Serverless Framework whenever serverless.yml is saved.",
      "Every directory of the workspace that has a serverless.yml with claimgate, or a folder policies with CSV files, is a policy of its own. --policies names another directory in each folder of the workspace. The server writes no file.",
    ],
    examples: [
      ["lsp", "what an editor starts"],
      ["lsp --service --stage dev", "also compare with serverless.yml as the framework resolves it"],
    ],
  });
  command
    .option("--policies <dir>", "the directory of the policy, in each folder of the workspace")
    .option("--service", "compare with serverless.yml as the framework resolves it")
    .option("--stage <name>", "the stage to compare with")
    // Editors add these to every server.
    .addOption(new Option("--stdio", "use standard input and output, as always").hideHelp())
    .addOption(new Option("--clientProcessId <id>", "the process of the editor").hideHelp());
  withStageOptions(command);
  return withCommonOptions(command, ["pretty"]).action((options: LspArguments) =>
    run(options, async (context) => (await import("./run-lsp.ts")).runLsp(context, options)),
  );
}
