import { Argument, type Command, InvalidArgumentError, Option } from "commander";
import { createCommand, withCommonOptions, withStageOptions } from "../terminal/common-options.ts";
import type { Run } from "../terminal/context.ts";
import { withPolicyOption } from "../terminal/policy-options.ts";
import { EXPORT_TARGETS, type ExportArguments, type ExportTarget } from "./export-arguments.ts";

export function exportCommand(run: Run): Command {
  const command = createCommand({
    name: "export",
    summary: "convert the policy for another system",
    description: [
      "`cedar` writes a schema and policies of Cedar, as Amazon Verified Permissions takes them, to a directory of its own: a file for each policy, named after its row, the shape of requests, and a README. For every token, route and permission Cedar then decides as claimgate decides, by the same rows. docs/to-cedar.md has what becomes what, and how to ask.",
      "Rows about sign-up and directories are not exported: they are not about requests. If a row cannot be said exactly, nothing is written.",
      "`openapi` writes an OpenAPI document with an operation for each route, or with --into puts the policy into yours: the security of each operation, its permissions and the answers 401 and 403. Everything else of your document stays as it is. Routes that OpenAPI cannot say are named. docs/openapi.md has the details.",
      "Exit status 0; 2 if the document of --check is stale; 3 if a row is refused or the policy is invalid.",
    ],
    examples: [
      ["export cedar -o cedar", "for Amazon Verified Permissions"],
      ["export cedar -o cedar --namespace Orders", "with another namespace"],
      ["export openapi -o openapi.yaml --service", "an OpenAPI document for the routes of serverless.yml"],
      ["export openapi --into openapi.yaml", "the policy in the document that you have"],
      ["export openapi --into openapi.yaml --check", "in CI: is the document current?"],
    ],
  });
  command
    .addArgument(new Argument("<target>", "what to export to").choices(EXPORT_TARGETS))
    .option(
      "-o, --output <path>",
      "cedar: the directory to write; openapi: the file of a new document, `.yaml` or `.json`",
    )
    .option("--namespace <name>", "cedar: the namespace of entity types", "Claimgate")
    .addOption(new Option("--into <file>", "openapi: the document that gets the policy").conflicts("output"))
    .option("--check", "openapi: write nothing; is the document current?")
    .option("--service", "openapi: the routes of serverless.yml, not those of the `g2` rows")
    .option("--stage <name>", "the stage with the routes (default: the one of serverless.yml)")
    .addOption(
      new Option("--openapi <version>", "openapi: the version of a new document (default: 3.1)").choices([
        "3.0",
        "3.1",
      ]),
    )
    .option(
      "--base-path <path>",
      "openapi: what routes have before the paths of the document; `/` for nothing",
    )
    .addOption(
      new Option(
        "--login-url <url>",
        "openapi: the domain of the pool, for the OAuth flow of a person",
      ).argParser(urlIn),
    )
    .option("--scheme <name>", "openapi: the name of the security scheme (default: claimgate)");
  return withCommonOptions(withStageOptions(withPolicyOption(command))).action(
    (target: ExportTarget, options: ExportArguments) =>
      run(options, async (context) => (await import("./run-export.ts")).runExport(context, target, options)),
  );
}

function urlIn(text: string): string {
  if (!/^https:\/\/[^\s/?#]+\/?$/.test(text)) {
    throw new InvalidArgumentError("expected the domain with `https://`, such as https://auth.example.com");
  }
  return text;
}
