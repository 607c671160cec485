import { type Command, Option } from "commander";
import { NEW_GATEWAYS } from "../../adopt/new-service.ts";
import { RefusedArgument } from "../terminal/command-line.ts";
import { createCommand, withCommonOptions } from "../terminal/common-options.ts";
import type { Run } from "../terminal/context.ts";
import type { NewArguments } from "./run-new.ts";

export function newCommand(run: Run): Command {
  const command = createCommand({
    name: "new",
    summary: "write a new service with claimgate",
    description: [
      "Writes a service of the Serverless Framework: a user pool with sign-in pages, an API behind claimgate, the triggers, a policy and its tests. Nothing in it needs a clone of this repository.",
      "The directory is new or empty. Its name is the name of the service, unless `--name` gives another.",
      "docs/adopt.md explains each step.",
    ],
    examples: [
      ["new notes", "an HTTP API in notes/"],
      ["new services/notes --gateway rest --name team-notes", "a REST API, with another name"],
    ],
  });
  command
    .argument("<dir>", "the directory to create")
    .addOption(gatewayOption())
    .option("--name <name>", "the name of the service (default: that of the directory)");
  return withCommonOptions(command).action((dir: string, options: NewArguments) =>
    run(options, async (context) => (await import("./run-new.ts")).runNew(context, dir, options)),
  );
}

/** The gateways that a new service cannot have, and the example that has one. */
const EXAMPLES: ReadonlyMap<string, string> = new Map([
  ["websocket", "examples/websocket"],
  ["appsync", "examples/appsync"],
]);

function gatewayOption(): Option {
  const option = new Option("--gateway <kind>", "the kind of the API").choices(NEW_GATEWAYS).default("http");
  const { parseArg } = option;
  return option.argParser((kind, before) => {
    const example = EXAMPLES.get(kind.toLowerCase());
    if (example === undefined) return parseArg?.(kind, before);
    throw new RefusedArgument(
      `\`new\` cannot write a service with the gateway \`${kind}\`; expected \`http\` or \`rest\``,
      `copy \`${example}\` of claimgate's repository`,
    );
  });
}
