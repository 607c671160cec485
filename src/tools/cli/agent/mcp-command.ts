import type { Command } from "commander";
import { createCommand, withCommonOptions } from "../terminal/common-options.ts";
import type { Run } from "../terminal/context.ts";
import type { McpArguments } from "./run-mcp.ts";

export function mcpCommand(run: Run): Command {
  const command = createCommand({
    name: "mcp",
    summary: "answer the questions of an agent, over the Model Context Protocol",
    description: [
      "Serves check, test, explain, who-can, what-can, diff and prove as tools of a Model Context Protocol server, on standard input and output, until the client closes it. docs/agents.md shows how to set it up.",
      "The tools only read. They see the policy below --root and the commits of its git repository, which an agent cannot change. None of them edits a file, reads serverless.yml, takes a token, has credentials or calls AWS.",
      "Exit status 0 when the client closes it, 1 if it cannot start.",
    ],
    examples: [
      ["mcp", "the policy of this folder; the client starts the command itself"],
      ["mcp --root services/orders", "a service of a larger repository"],
    ],
  });
  command
    .option("--root <dir>", "the folder that the tools see (default: the working directory)")
    .option("--policies <dir>", "the directory of the policy (default: that of serverless.yml, or policies)");
  return withCommonOptions(command, ["pretty"]).action((options: McpArguments) =>
    run(options, async (context) => (await import("./run-mcp.ts")).runMcp(context, options)),
  );
}
