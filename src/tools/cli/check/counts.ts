import type { LintReport } from "../../lint/lint.ts";
import type { Severity } from "../../lint/rule.ts";

/** How many findings there are of each severity. */
export function countsOf({
  findings,
}: LintReport): Readonly<Record<"errors" | "warnings" | "infos", number>> {
  const of = (wanted: Severity) => findings.filter(({ severity }) => severity === wanted).length;
  return { errors: of("error"), warnings: of("warning"), infos: of("info") };
}
