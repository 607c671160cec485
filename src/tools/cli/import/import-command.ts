import { Argument, type Command, InvalidArgumentError, Option } from "commander";
import { CALLER_KINDS } from "../../import/casbin/callers.ts";
import { createCommand, withCommonOptions, withStageOptions } from "../terminal/common-options.ts";
import type { Run } from "../terminal/context.ts";
import { IMPORT_SYSTEMS, type ImportArguments, type ImportSystem } from "./import-arguments.ts";

export function importCommand(run: Run): Command {
  const command = createCommand({
    name: "import",
    summary: "convert the policy of another system",
    description: [
      "`casbin` converts a model of casbin and its policy files: each row exactly, or it is refused with the reason and what to write by hand. For every request the policy then decides as casbin decides with the old model. Two things differ: a `HEAD` request is decided as `GET`, and a path that is not canonical is denied. A name to the right in a `g` row becomes a role. --callers says what the others are: `groups` are Cognito groups, `users` are users by their `sub`, `members` are users who join a Cognito group for each of their roles.",
      "`openapi` converts the `security` of an OpenAPI document: each operation exactly, or it is refused with the reason. A role of the document becomes a Cognito group. A scope is one of a machine's token, and of a user's token in each of the --apps. Permissions of `x-claimgate-permissions` are taken as they are.",
      "--service converts for the routes of serverless.yml. What no request of the API meets is named and left out. Of casbin, each route gets the permissions of the rows about all of its paths, and a row about a part of them is refused. Without --service the API must have the routes that are written: `claimgate check --service` names those that are missing.",
      "If something is refused, nothing is written. --partial converts the rest, unless it may then allow more than before.",
      "Exit status 0, or 3 if something is refused. docs/from-casbin.md and docs/openapi.md explain what is exact.",
    ],
    examples: [
      ["import casbin model.conf policy.csv --callers groups --service", "for the routes of serverless.yml"],
      [
        "import casbin model.conf policy.csv --callers groups -o policies",
        "for an API with the routes of the policy",
      ],
      ["import casbin model.conf policy.csv --callers members --dry-run", "only show what is refused"],
      ["import openapi openapi.yaml --apps web,mobile --service", "from the security of an OpenAPI document"],
    ],
  });
  command
    .addArgument(new Argument("<system>", "where the policy comes from").choices(IMPORT_SYSTEMS))
    .argument(
      "<files...>",
      "casbin: the model file, then the policy files; openapi: the document, in YAML or JSON",
    )
    .addOption(
      new Option("--callers <kind>", "casbin: what names that are not roles are").choices(CALLER_KINDS),
    )
    .addOption(
      new Option(
        "--apps <names>",
        "openapi: the app clients of users, by logical name, with commas between",
      ).argParser(namesIn),
    )
    .option(
      "--base-path <path>",
      "openapi: what routes have before the paths of the document; `/` for nothing",
    )
    .option("--service", "convert for the routes of serverless.yml as the framework resolves it")
    .option("--stage <name>", "the stage with the routes (default: the one of serverless.yml)")
    .option("-o, --output <dir>", "the directory to write", "policies")
    .option("--partial", "leave out what is refused, if nothing can be wider without it")
    .option("--dry-run", "write nothing")
    .option("--force", "overwrite existing files of the policy");
  return withCommonOptions(withStageOptions(command)).action(
    (system: ImportSystem, files: readonly string[], options: ImportArguments) =>
      run(options, async (context) =>
        (await import("./run-import.ts")).runImport(context, { system, files }, options),
      ),
  );
}

function namesIn(text: string): readonly string[] {
  const names = text.split(",").map((name) => name.trim());
  const wrong = names.find((name) => !/^[A-Za-z0-9][A-Za-z0-9_-]*$/.test(name));
  if (wrong !== undefined) throw new InvalidArgumentError(`\`${wrong}\` is not the name of an app client`);
  return names;
}
