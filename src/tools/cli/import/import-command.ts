import { Argument, type Command, Option } from "commander";
import { CALLER_KINDS } from "../../import/casbin/callers.ts";
import { createCommand, withCommonOptions, withStageOptions } from "../terminal/common-options.ts";
import type { Run } from "../terminal/context.ts";
import type { ImportArguments } from "./run-import.ts";

export function importCommand(run: Run): Command {
  const command = createCommand({
    name: "import",
    summary: "convert the policy of another system",
    description: [
      "Converts a model of casbin and its policy files: each row exactly, or it is refused with the reason and what to write by hand. For every request the policy then decides as casbin decides with the old model. Two things differ: a `HEAD` request is decided as `GET`, and a path that is not canonical is denied.",
      "--service converts for the routes of serverless.yml. Each route gets the permissions of the rows about all of its paths. A row about a part of them is refused, and a row that no request of the API meets is named and left out. Without --service the API must have the routes that are written: `claimgate check --service` names those that are missing.",
      "A name to the right in a `g` row becomes a role. --callers says what the others are: `groups` are Cognito groups, `users` are users by their `sub`, `members` are users who join a Cognito group for each of their roles.",
      "If a row is refused, nothing is written. --partial converts the others, unless the rest may then allow more than before.",
      "Exit status 0, or 3 if a row is refused. docs/from-casbin.md explains what is exact.",
    ],
    examples: [
      ["import casbin model.conf policy.csv --callers groups --service", "for the routes of serverless.yml"],
      [
        "import casbin model.conf policy.csv --callers groups -o policies",
        "for an API with the routes of the policy",
      ],
      ["import casbin model.conf policy.csv --callers members --dry-run", "only show what is refused"],
    ],
  });
  command
    .addArgument(new Argument("<system>", "where the policy comes from").choices(["casbin"]))
    .argument("<model>", "the model file")
    .argument("<policies...>", "the policy files")
    .addOption(new Option("--callers <kind>", "what names that are not roles are").choices(CALLER_KINDS))
    .option("--service", "convert for the routes of serverless.yml as the framework resolves it")
    .option("--stage <name>", "the stage with the routes (default: the one of serverless.yml)")
    .option("-o, --output <dir>", "the directory to write", "policies")
    .option("--partial", "leave refused rows out, if nothing can be wider without them")
    .option("--dry-run", "write nothing")
    .option("--force", "overwrite existing files of the policy");
  return withCommonOptions(withStageOptions(command)).action(
    (_system: string, model: string, policies: string[], options: ImportArguments) =>
      run(options, async (context) =>
        (await import("./run-import.ts")).runImport(context, model, policies, options),
      ),
  );
}
