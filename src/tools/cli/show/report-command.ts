import type { Command } from "commander";
import { createCommand, withCommonOptions } from "../terminal/common-options.ts";
import type { Run } from "../terminal/context.ts";
import { withPolicyOption } from "../terminal/policy-options.ts";
import type { ReportArguments } from "./run-report.ts";

export function reportCommand(run: Run): Command {
  const command = createCommand({
    name: "report",
    summary: "write one page that shows who may do what",
    description: [
      "Writes one HTML page: the access matrix with filter and search, each route with its rows, a diagram of the roles, and the findings of the linter. It needs no network and no other file, works by keyboard, and prints well.",
      "Overwrites the file. With SOURCE_DATE_EPOCH set, the same policy gives the same bytes.",
    ],
    examples: [
      ["report -o access.html", "the policy of policies/"],
      ["report --only-columns 'group:team-*' -o teams.html", "a part of a large policy"],
      ["report --policies other/policies -o - >access.html", "another one, to standard output"],
    ],
  });
  command
    .requiredOption("-o, --output <file>", "the file to write; - is standard output")
    .option(
      "--only-rows <pattern>",
      "only routes with this name, such as `GET /orders*`; `*` matches anything",
    )
    .option(
      "--only-columns <pattern>",
      "only roles, groups and other subjects with this name, such as `group:team-*`",
    );
  return withCommonOptions(withPolicyOption(command)).action((options: ReportArguments) =>
    run(options, async (context) => (await import("./run-report.ts")).runReport(context, options)),
  );
}
