import { type Command, Option } from "commander";
import { createCommand, withCommonOptions } from "../terminal/common-options.ts";
import type { Run } from "../terminal/context.ts";
import { withPolicyOption } from "../terminal/policy-options.ts";
import type { MatrixArguments } from "./run-matrix.ts";

export function matrixCommand(run: Run): Command {
  const command = createCommand({
    name: "matrix",
    summary: "show who may do what as a table",
    description: [
      "A row for each permission or route, a column for each role or group: yes, no, denied, or if (a condition decides; json shows it). Roles and groups with the same access share a column, except in json and csv. `claimgate report` writes a searchable page.",
    ],
    examples: [
      ["matrix", "roles and permissions"],
      ["matrix --columns groups --rows routes --format markdown", "for a wiki"],
      ["matrix --by app", "what each app may do on behalf of its users"],
      ["matrix --by both", "which role may do what through which app"],
      ["matrix --format csv --excel >matrix.csv", "for a spreadsheet"],
      ["matrix --format csv --excel semicolon >matrix.csv", "for a spreadsheet with decimal commas"],
      ["matrix --format html >matrix.html", "a page"],
    ],
  });
  command
    .addOption(
      new Option(
        "--by <who>",
        "who asks, where the policy has `p3` rows: subjects, apps on behalf of any user, or both, each subject through each app",
      )
        .choices(["subject", "app", "both"])
        .default("subject"),
    )
    .addOption(new Option("--columns <what>", "who").choices(["roles", "groups", "all"]).default("roles"))
    .addOption(new Option("--rows <what>", "what").choices(["permissions", "routes"]).default("permissions"));
  command
    .option("--only-rows <pattern>", "only permissions or routes with this name; `*` matches anything")
    .option("--only-columns <pattern>", "only roles or groups with this name, such as `group:team-*`");
  command.addOption(
    new Option(
      "--excel [separator]",
      "with --format csv: the dialect that Excel opens by a double click; `semicolon` if the comma is the decimal separator",
    )
      .choices(["comma", "semicolon"])
      .preset("comma"),
  );
  return withCommonOptions(withPolicyOption(command), ["pretty", "json", "markdown", "csv", "html"]).action(
    (options: MatrixArguments) =>
      run(options, async (context) => (await import("./run-matrix.ts")).runMatrix(context, options)),
  );
}
