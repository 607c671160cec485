import { issuedName, ownName } from "../../../policy/subject.ts";
import { nearest } from "../../../policy/suggestion.ts";
import { groupsNamed, isProviderGroup } from "../../named-subjects.ts";
import { atField, type LintSubject, type Problem, type Rule } from "../../rule.ts";

/** A group that the policy names and the stack does not create: nobody can ever be in it. */
export const groupNotCreated: Rule = {
  name: "group-not-created",
  category: "service",
  severity: "error",
  summary: "a group that the policy names and serverless.yml does not create",
  check,
};

function* check({ rows, service }: LintSubject): Iterable<Problem> {
  if (service?.groups === undefined) return;
  const [issuer] = service.issuers ?? [];
  const created = service.groups.map(({ name }) => issuedName(issuer, name));
  for (const { name, row, field } of groupsNamed(rows)) {
    const own = ownName(issuer, name);
    // Nobody here can tell which groups another pool has; a prefix of none is another rule's.
    if (own === undefined || created.includes(name) || isProviderGroup(own)) continue;
    const meant = nearest(name, created);
    yield {
      ...atField(row, field),
      message: `${service.file} creates no group \`${own}\``,
      fix:
        meant === undefined
          ? "add an `AWS::Cognito::UserPoolGroup`, or set the parameter `groupsFromPolicy` to `true`"
          : `did you mean \`group:${meant}\`?`,
    };
  }
}
