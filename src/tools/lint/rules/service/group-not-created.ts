import { likelyFix } from "../../../../policy/finding.ts";
import { issuedName, ownName } from "../../../../policy/subject.ts";
import { groupsNamed, isProviderGroup } from "../../../access/named-subjects.ts";
import { respelled } from "../../fixes/edits.ts";
import { likelyNames } from "../../names/likely-names.ts";
import { factsOf } from "../../policy-facts.ts";
import { atField, type LintSubject, type Problem, type Rule } from "../../rule.ts";

/** A group that the policy names and the stack does not create: it never has a member. */
export const groupNotCreated: Rule = {
  id: "group-not-created",
  category: "service",
  severity: "error",
  summary: "the policy names a group that serverless.yml does not create",
  check,
};

function* check(subject: LintSubject): Iterable<Problem> {
  const { rows, service } = subject;
  const likely = likelyNames(subject);
  if (service?.groups === undefined) return;
  const [poolAlias] = service.poolAliases ?? [];
  // A directory gives the group, so it has members without being in the pool.
  const given = new Set(factsOf(rows).directoryRows.map(({ group }) => group));
  const created = service.groups.map(({ name }) => issuedName(poolAlias, name));
  for (const { name, row, field } of groupsNamed(rows)) {
    const own = ownName(poolAlias, name);
    // The groups of another pool are not known here; another rule reports an alias of no pool.
    if (own === undefined || created.includes(name) || isProviderGroup(own)) continue;
    if (given.has(name)) continue;
    const meant = likely.name(name, created);
    yield {
      ...atField(row, field),
      message: `${service.file} does not create the group \`${own}\``,
      ...likelyFix(
        meant === undefined ? [] : [respelled(`group:${meant}`, [[row, field]])],
        "add an `AWS::Cognito::UserPoolGroup`, or let packaging create the groups of the policy (docs/groups.md)",
      ),
    };
  }
}
