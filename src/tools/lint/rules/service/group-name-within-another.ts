import { policyGroups } from "../../../access/named-subjects.ts";
import { atSetting, type LintSubject, type Problem, type Rule } from "../../rule.ts";

/**
 * A role mapping that tests whether the list of groups contains a string, where another group's name contains it too.
 * AWS does not document that whole names are compared, so nothing may depend on it.
 */
export const groupNameWithinAnother: Rule = {
  id: "group-name-within-another",
  category: "service",
  severity: "error",
  summary: "a rule of the identity pool gives a group's role to groups whose names contain its name",
  check,
};

function* check({ rows, service, groupSettings = [] }: LintSubject): Iterable<Problem> {
  if (service?.identityPool === undefined) return;
  const named = [...policyGroups(rows).keys(), ...(service.groups ?? []).map(({ name }) => name)];
  const names = [...new Set(named)].sort();
  for (const { claim, matchType, value, at } of service.identityPool.rules) {
    if (claim !== "cognito:groups" || matchType !== "Contains") continue;
    const other = names.find((name) => name !== value && name.includes(value));
    if (other === undefined) continue;
    const settings = groupSettings.find(({ name }) => name === value);
    yield {
      ...(settings === undefined ? at : atSetting(settings)),
      message: `members of \`${other}\` may get the IAM role of \`${value}\`: a rule tests whether one name contains the other`,
      fix: "rename one of the groups, or set the parameter `roleMapping` to `token`",
    };
  }
}
