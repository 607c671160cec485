import type { Assignment } from "./assign-groups.ts";
import { failureFields, type TriggerLog } from "./report.ts";

/**
 * One line for the assigned groups and one error line for each failure. If there was nothing to do, a line only if
 * `quiet` is off.
 */
export function reportAssignment(
  log: TriggerLog,
  fields: Readonly<Record<string, unknown>>,
  { added, failures, because }: Assignment,
  quiet: boolean,
): void {
  for (const { step, group, error } of failures) {
    const failure = failureFields(error, "group_assignment_failed");
    log("error", "group-assignment-failed", { ...fields, step, group, ...failure });
  }
  if (because !== undefined) {
    if (!quiet) log("info", "group-assignment-skipped", { ...fields, because });
  } else if (added.length > 0 || failures.length === 0) {
    log("info", "groups-assigned", { ...fields, groups: added });
  }
}
