import { existsSync, readdirSync, statSync } from "node:fs";
import { basename, relative, resolve } from "node:path";
import { type NewGateway, newServiceFiles, serviceNameProblem } from "../../adopt/new-service.ts";
import { CommandError } from "../../machine/command-error.ts";
import { shippedModel } from "../../machine/shipped-model.ts";
import { shippedTemplates } from "../../machine/shipped-templates.ts";
import { writeChanges } from "../init/write-changes.ts";
import type { CommonOptions } from "../terminal/common-options.ts";
import type { Context } from "../terminal/context.ts";
import { EXIT, type ExitCode } from "../terminal/exit-code.ts";
import type { NewJson } from "./new-contract.ts";

export interface NewArguments extends CommonOptions {
  readonly gateway: NewGateway;
  readonly name?: string;
}

/** `claimgate new`. @throws CommandError */
export async function runNew(context: Context, dir: string, options: NewArguments): Promise<ExitCode> {
  const { output } = context;
  const directory = resolve(context.directory, dir);
  const name = options.name ?? basename(directory);
  const problem = serviceNameProblem(name);
  if (problem !== undefined) {
    throw new CommandError("command_usage", `\`${name}\` cannot be the name of a service: ${problem}`, {
      fix: "give another name with `--name`",
    });
  }
  refuseFilled(directory, dir);
  const files = [
    ...newServiceFiles(shippedTemplates(), options.gateway, name),
    { path: "policies/model.conf", text: shippedModel() },
  ];
  writeChanges(directory, { files, edits: [] }, { overwrite: false, dryRun: false });
  const shown = relative(context.directory, directory) || ".";
  const report: NewJson = {
    name,
    directory: shown,
    files: files.map(({ path }) => path).sort(),
    next: [
      ...(shown === "."
        ? []
        : [`cd ${/^[\w./-]+$/.test(shown) ? shown : `'${shown.replaceAll("'", "'\\''")}'`}`]),
      "npm install",
      "npm test",
      "npx sls package",
      "npx sls deploy",
    ],
  };
  if (output.format === "json") {
    output.json(report);
    return EXIT.ok;
  }
  const { screen } = output;
  screen.line(`wrote ${files.length} files to ${shown}: the service \`${name}\``);
  screen.heading("Next");
  for (const step of report.next) screen.line(`  ${step}`);
  screen.line();
  screen.line(
    "  Until claimgate is on the npm registry, install with: npm install --save-dev PATH/claimgate-0.1.0.tgz",
  );
  screen.line("  README.md says what is where. Change policies/sign-up.csv before you deploy.");
  return EXIT.ok;
}

/** @throws CommandError `file_not_written` */
function refuseFilled(directory: string, dir: string): void {
  if (!existsSync(directory)) return;
  const why = statSync(directory).isDirectory()
    ? readdirSync(directory).length === 0
      ? undefined
      : "is not empty"
    : "is a file";
  if (why === undefined) return;
  throw new CommandError("file_not_written", `\`${dir}\` ${why}; nothing was written`, {
    fix: "give a directory that does not exist, or run `claimgate init` in a service that does",
  });
}
