import { CommandError } from "../../machine/command-error.ts";
import type { Context } from "../terminal/context.ts";
import type { ExitCode } from "../terminal/exit-code.ts";
import type { ImportArguments, ImportSystem } from "./import-arguments.ts";
import { runImportCasbin } from "./run-import-casbin.ts";
import { runImportOpenApi } from "./run-import-openapi.ts";

/** `claimgate import SYSTEM`. @throws CommandError */
export async function runImport(
  context: Context,
  {
    system,
    files: [first = "", ...more],
  }: { readonly system: ImportSystem; readonly files: readonly string[] },
  options: ImportArguments,
): Promise<ExitCode> {
  switch (system) {
    case "casbin":
      refuseOthers(system, [
        ["--apps", options.apps],
        ["--base-path", options.basePath],
      ]);
      if (more.length === 0) throw usage("the policy files are missing", "give them after the model file");
      return runImportCasbin(context, first, more, options);
    case "openapi":
      refuseOthers(system, [["--callers", options.callers]]);
      if (more.length > 0) throw usage("more than one document", "bundle the document into one file first");
      return runImportOpenApi(context, first, options);
  }
}

function refuseOthers(
  system: ImportSystem,
  given: readonly (readonly [option: string, value: unknown])[],
): void {
  const other = given.find(([, value]) => value !== undefined);
  if (other !== undefined)
    throw usage(`\`${other[0]}\` is not an option of \`import ${system}\``, "leave it out");
}

function usage(message: string, fix: string): CommandError {
  return new CommandError("command_usage", message, { fix });
}
