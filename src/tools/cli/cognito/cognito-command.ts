import { type Command, InvalidArgumentError, Option } from "commander";
import { createCommand, withCommonOptions } from "../terminal/common-options.ts";
import type { Run } from "../terminal/context.ts";
import type { CognitoArguments } from "./run-cognito.ts";

export function cognitoCommand(run: Run): Command {
  const command = createCommand({
    name: "cognito",
    summary: "run a Cognito user pool on this machine",
    description: [
      "Serves a user pool on 127.0.0.1: the Cognito API, the OAuth endpoints and the sign-in pages, for any project. The pool is that of a packaged CloudFormation template, of a file of settings, or a pool for a first look.",
      "Users and keys are forgotten when it stops, unless `--data` says where they are kept. Messages are not sent: they are in the mailbox. Ctrl-C stops it.",
      "docs/local-cognito.md has the settings, and what the pool does not simulate.",
    ],
    examples: [
      ["cognito", "a pool where people sign up with their e-mail address"],
      ["cognito --config pool.yml --seed users.json", "the pool of a file, with users"],
      [
        "cognito --template .serverless/cloudformation-template-update-stack.json --lambda-endpoint http://127.0.0.1:3002",
        "the pool of a service, with its triggers",
      ],
    ],
  });
  command
    .addOption(
      new Option("--template <file>", "a packaged CloudFormation template (JSON)").conflicts("config"),
    )
    .option("--config <file>", "the settings of the pool, in YAML or JSON")
    .addOption(
      new Option("--port <port>", "the port (default: 9229, or the next free one)").argParser(portIn),
    )
    .option("--data <dir>", "keep users, sign-ins and keys in this directory")
    .option("--reset", "forget the users and keys that --data has")
    .option("--seed <file>", "users to start with, in JSON or YAML")
    .option("--lambda-endpoint <url>", "where the functions of triggers are called")
    .option("--without-triggers", "call no triggers")
    .addOption(
      new Option("--issuer <form>", "the issuer of tokens: that of AWS, or the address of this pool")
        .choices(["aws", "local"])
        .default("aws"),
    );
  return withCommonOptions(command).action((options: CognitoArguments) =>
    run(options, async (context) => (await import("./run-cognito.ts")).runCognito(context, options)),
  );
}

function portIn(text: string): number {
  const port = Number(text);
  if (!/^\d{1,5}$/.test(text) || port > 65_535) {
    throw new InvalidArgumentError("expected a port from 1 to 65535, or 0 for any free one");
  }
  return port;
}
