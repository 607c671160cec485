import type { DirectoryGroups } from "./directory-groups.ts";
import type { TriggerLog } from "./report.ts";
import type { FittedContent } from "./token-budget.ts";

/**
 * The number of groups that a user can belong to; nothing says that a token may have more.
 * https://docs.aws.amazon.com/cognito/latest/developerguide/quotas.html
 */
const MOST_GROUPS = 100;

/**
 * The content of a token with the groups of the user's directories: all of them or, if they do not fit, none. A part of
 * them would depend on their order. The groups of the pool stay in any case.
 *
 * @param pool the user's groups in the pool
 * @param contentWith the content with these groups besides those of the pool
 */
export function withDirectoryGroups<T extends FittedContent>(
  { groups, problems }: DirectoryGroups,
  pool: readonly string[],
  contentWith: (added: readonly string[]) => T,
  log: TriggerLog,
): T {
  for (const { level, ...problem } of problems) {
    // Only errors ring an alarm: anyone may have an attribute without being linked.
    log(level, level === "error" ? "directory-groups-left-out" : "directory-groups-ignored", problem);
  }
  const held = new Set(pool);
  const added = groups.filter((group) => !held.has(group));
  if (added.length === 0) return contentWith([]);
  const count = held.size + added.length;
  if (count > MOST_GROUPS) {
    log("error", "directory-groups-left-out", { problem: "too_many_groups", count });
    return contentWith([]);
  }
  const fitted = contentWith(added);
  if (fitted.report?.over === true) {
    log("error", "directory-groups-left-out", { problem: "over_budget", bytes: fitted.report.bytesLeft });
    return contentWith([]);
  }
  log("info", "directory-groups-added", { groups: added });
  return fitted;
}
