import { CommandError } from "../../machine/command-error.ts";
import type { Context } from "../terminal/context.ts";
import type { ExitCode } from "../terminal/exit-code.ts";
import type { ExportArguments, ExportTarget } from "./export-arguments.ts";
import { runExportCedar } from "./run-export-cedar.ts";
import { runExportOpenApi } from "./run-export-openapi.ts";

/** `claimgate export TARGET`. @throws CommandError, PolicyError */
export function runExport(
  context: Context,
  target: ExportTarget,
  options: ExportArguments,
): Promise<ExitCode> {
  switch (target) {
    case "cedar": {
      const { into, check, service, openapi, basePath, loginUrl, scheme, output } = options;
      refuseGiven({
        ...{ "--into": into, "--check": check, "--service": service, "--openapi": openapi },
        ...{ "--base-path": basePath, "--login-url": loginUrl, "--scheme": scheme },
      });
      if (output === undefined) throw usage("`-o` is missing", "give the directory to write");
      return runExportCedar(context, { ...options, output });
    }
    case "openapi":
      return runExportOpenApi(context, options);
  }
}

function refuseGiven(options: Readonly<Record<string, unknown>>): void {
  const [name] = Object.entries(options).find(([, value]) => value !== undefined) ?? [];
  if (name !== undefined) throw usage(`\`${name}\` is not an option of \`export cedar\``, "leave it out");
}

function usage(message: string, fix: string): CommandError {
  return new CommandError("command_usage", message, { fix });
}
