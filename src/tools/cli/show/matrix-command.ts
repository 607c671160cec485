import { type Command, Option } from "commander";
import { createCommand, withCommonOptions } from "../terminal/common-options.ts";
import type { Run } from "../terminal/context.ts";
import { withPolicyOption } from "../terminal/policy-options.ts";
import type { MatrixArguments } from "./run-matrix.ts";

export function matrixCommand(run: Run): Command {
  const command = createCommand({
    name: "matrix",
    summary: "show who may do what, as a table",
    description: [
      "A row for each permission or route, a column for each role or group: yes, no, denied, or if (a condition decides; json has it). Roles and groups with the same access share a column; json and csv keep a column for each. `claimgate report` makes a page of it that can be searched.",
    ],
    examples: [
      ["matrix", "roles and permissions"],
      ["matrix --columns groups --rows routes --format markdown", "for a wiki"],
      ["matrix --format csv --excel >matrix.csv", "for a spreadsheet"],
      ["matrix --format csv --excel semicolon >matrix.csv", "for a spreadsheet with decimal commas"],
      ["matrix --format html >matrix.html", "a page to keep"],
    ],
  });
  command
    .addOption(new Option("--columns <what>", "who").choices(["roles", "groups", "all"]).default("roles"))
    .addOption(new Option("--rows <what>", "what").choices(["permissions", "routes"]).default("permissions"));
  command
    .option("--only-rows <pattern>", "permissions or routes of that name; `*` stands for anything")
    .option("--only-columns <pattern>", "roles or groups of that name, such as `group:team-*`");
  command.addOption(
    new Option(
      "--excel [separator]",
      "with --format csv: what Excel opens by a double click; `semicolon` where the comma is the decimal sign",
    )
      .choices(["comma", "semicolon"])
      .preset("comma"),
  );
  return withCommonOptions(withPolicyOption(command), ["pretty", "json", "markdown", "csv", "html"]).action(
    (options: MatrixArguments) =>
      run(options, async (context) => (await import("./run-matrix.ts")).runMatrix(context, options)),
  );
}
