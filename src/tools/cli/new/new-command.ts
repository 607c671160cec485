import { type Command, Option } from "commander";
import { NEW_GATEWAYS } from "../../adopt/new-service.ts";
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
    .addOption(new Option("--gateway <kind>", "the kind of the API").choices(NEW_GATEWAYS).default("http"))
    .option("--name <name>", "the name of the service (default: that of the directory)");
  return withCommonOptions(command).action((dir: string, options: NewArguments) =>
    run(options, async (context) => (await import("./run-new.ts")).runNew(context, dir, options)),
  );
}
