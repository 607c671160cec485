import { ownName } from "../../../policy/subject.ts";
import { groupsNamed, subjectsNamed } from "../../named-subjects.ts";
import { atField, type LintSubject, type Problem, type Rule } from "../../rule.ts";

/** A name that no pool gives out where each has a prefix: the row matches nobody, and a deny denies nobody. */
export const subjectOfNoPool: Rule = {
  name: "subject-of-no-pool",
  category: "service",
  severity: "error",
  summary: "a group, user or scope without the prefix of a user pool, where pools have prefixes",
  check,
};

function* check({ rows, service }: LintSubject): Iterable<Problem> {
  const issuers = service?.issuers ?? [];
  if (issuers.length === 0) return;
  const named = [
    ...Array.from(groupsNamed(rows), (one) => ({ ...one, kind: "group" })),
    ...Array.from(subjectsNamed(rows, "user"), (one) => ({ ...one, kind: "user" })),
    ...Array.from(subjectsNamed(rows, "scope"), (one) => ({ ...one, kind: "scope" })),
  ];
  for (const { kind, name, row, field } of named) {
    if (issuers.some((issuer) => ownName(issuer, name) !== undefined)) continue;
    yield {
      ...atField(row, field),
      message: `\`${kind}:${name}\` has the prefix of no user pool, so it is nobody`,
      fix: `write ${issuers.map((issuer) => `\`${kind}:${issuer}/${name}\``).join(" or ")}`,
    };
  }
}
