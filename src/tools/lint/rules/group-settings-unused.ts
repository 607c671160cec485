import { likelyFix } from "../../../policy/finding.ts";
import { hasBraces, tenantOf } from "../../../policy/tenant-group.ts";
import { policyGroups } from "../../access/named-subjects.ts";
import { likelyNames } from "../names/likely-names.ts";
import { atSetting, type LintSubject, type Problem, type Rule } from "../rule.ts";
import { tenantGroups } from "../tenant-groups.ts";

/** Settings of a group that is not created: its description, its precedence and its role have no effect. */
export const groupSettingsUnused: Rule = {
  id: "group-settings-unused",
  category: "references",
  severity: "error",
  summary: "no row of the policy names a group in `groups.yaml`",
  needsEveryRow: true,
  check,
};

function* check(subject: LintSubject): Iterable<Problem> {
  const { rows, groupSettings } = subject;
  const named = policyGroups(rows);
  const unlisted = [...named.keys()].filter((name) => !groupSettings?.some((one) => one.name === name));
  const likely = likelyNames(subject);
  const groups = tenantGroups(rows);
  for (const settings of groupSettings ?? []) {
    if (named.has(settings.name)) continue;
    // A group that is already listed is probably not what was meant.
    const meant = likely.name(settings.name, unlisted);
    const ofTenant = groups.find((group) => tenantOf(group, `group:${settings.name}`) !== undefined);
    if (ofTenant !== undefined || hasBraces(`group:${settings.name}`)) {
      yield {
        ...atSetting(settings),
        message: `\`group:${settings.name}\` is a group of tenants, which the deployment does not create`,
        names: [settings.name],
        fix: "remove the entry, and create the groups of a tenant when you create the tenant",
      };
      continue;
    }
    yield {
      ...atSetting(settings),
      message: `no row names \`group:${settings.name}\`, so the group is not created`,
      names: [settings.name],
      ...likelyFix(
        meant === undefined
          ? []
          : [{ meant, edits: [{ ...atSetting(settings), length: settings.name.length, text: meant }] }],
        "remove the entry, or give the group a role in the policy",
      ),
    };
  }
}
