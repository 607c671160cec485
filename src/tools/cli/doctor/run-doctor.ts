import { findingsOf } from "../../deployment/comparison.ts";
import { printFindingFormat } from "../check/print-finding-format.ts";
import type { Context } from "../terminal/context.ts";
import { EXIT, type ExitCode } from "../terminal/exit-code.ts";
import { type DoctorArguments, examine } from "./examine.ts";
import { printReport } from "./print-report.ts";
import { doctorJson, summarize } from "./report.ts";

/** `claimgate doctor`. @throws CommandError where it could not run */
export async function runDoctor(context: Context, options: DoctorArguments): Promise<ExitCode> {
  const { output } = context;
  const report = await examine(context, options);
  const { format } = options;
  if (format === "json") output.json(doctorJson(report));
  else if (format === "sarif" || format === "github" || format === "junit") {
    printFindingFormat(context, format, findingsOf(report.comparisons));
  } else printReport(output.screen, report, options.verbose === true);
  const { fail, unread } = summarize(report.comparisons);
  if (fail > 0) return EXIT.no;
  return unread > 0 ? EXIT.couldNotRun : EXIT.ok;
}
