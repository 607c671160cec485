import type { GroupSettings } from "../groups-file.ts";
import { atSetting, type LintSubject, type Problem, type Rule } from "../rule.ts";

/**
 * Two groups of the same precedence with different IAM roles. A user in both gets no `cognito:preferred_role` (Amazon
 * Cognito, Developer guide, role-based access control).
 */
export const groupRoleTied: Rule = {
  id: "group-role-tied",
  category: "references",
  severity: "error",
  summary: "two groups in `groups.yaml` have different IAM roles and the same precedence",
  check,
};

function* check({ groupSettings }: LintSubject): Iterable<Problem> {
  const first = new Map<number | undefined, GroupSettings>();
  for (const settings of groupSettings ?? []) {
    if (settings.role === undefined) continue;
    const precedence = settings.precedence?.number;
    const other = first.get(precedence);
    if (other === undefined) first.set(precedence, settings);
    else if (roleName(other) !== roleName(settings)) yield tie(other, settings);
  }
}

function tie(other: GroupSettings, settings: GroupSettings): Problem {
  const shared =
    settings.precedence === undefined ? "no precedence" : `precedence ${settings.precedence.number}`;
  return {
    ...atSetting(settings.precedence ?? settings),
    message: `\`${settings.name}\` and \`${other.name}\` (line ${other.line}) both have ${shared} but different roles: members of both get neither`,
    fix: "give one of them another `precedence`; the lowest number wins",
  };
}

/** A generated role belongs to its group alone. */
function roleName({ name, role }: GroupSettings): string | undefined {
  return role?.kind === "named" ? role.text : `generated for ${name}`;
}
