import { likelyFix } from "../../../policy/finding.ts";
import { ownName } from "../../../policy/subject.ts";
import { policyGroups } from "../../access/named-subjects.ts";
import { respelled, usesAsGiven, usesAsHolder } from "../fixes/edits.ts";
import { likelyNames } from "../names/likely-names.ts";
import { atField, type LintSubject, type Problem, type Rule } from "../rule.ts";

/** A group that only one row mentions: where the others are listed, it may be misspelled. */
export const groupNotListed: Rule = {
  id: "group-not-listed",
  category: "references",
  severity: "warning",
  summary: "the policy names a group that is missing from `groups.yaml`",
  check,
};

function* check(subject: LintSubject): Iterable<Problem> {
  const { rows, groupSettings = [], service } = subject;
  const listed = groupSettings.map(({ name }) => name);
  if (listed.length === 0) return;
  const known = new Set(listed);
  const [, ...others] = service?.poolAliases ?? [];
  const likely = likelyNames(subject);
  const usesOf = (group: string) => [...usesAsHolder(rows, group), ...usesAsGiven(rows, group)];
  for (const { name, row, field } of policyGroups(rows).values()) {
    if (known.has(name)) continue;
    // groups.yaml describes the groups of the stack's own pool.
    if (others.some((other) => ownName(other, name) !== undefined)) continue;
    const meant = likely.name(name, listed);
    const entry = `add \`${name}:\` to groups.yaml`;
    yield {
      ...atField(row, field),
      message: `\`group:${name}\` is not in groups.yaml, so only rows create a group of that name`,
      ...likelyFix(
        meant === undefined ? [] : [respelled(`group:${meant}`, usesOf(`group:${name}`))],
        entry,
        ` Else ${entry}`,
      ),
    };
  }
}
