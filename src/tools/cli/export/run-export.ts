import type { Context } from "../terminal/context.ts";
import type { ExitCode } from "../terminal/exit-code.ts";
import type { ExportArguments, ExportTarget } from "./export-arguments.ts";
import { runExportCedar } from "./run-export-cedar.ts";

/** `claimgate export TARGET`. @throws CommandError, PolicyError */
export function runExport(
  context: Context,
  target: ExportTarget,
  options: ExportArguments,
): Promise<ExitCode> {
  switch (target) {
    case "cedar":
      return runExportCedar(context, options);
  }
}
