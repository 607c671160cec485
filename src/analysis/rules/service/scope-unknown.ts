import { issuedName, ownName } from "../../../policy/subject.ts";
import { nearest } from "../../../policy/suggestion.ts";
import { subjectsNamed } from "../../named-subjects.ts";
import { atField, type LintSubject, type Problem, type Rule } from "../../rule.ts";

/** A scope that no resource server has: no machine's token can ever carry it. */
export const scopeUnknown: Rule = {
  name: "scope-unknown",
  category: "service",
  severity: "error",
  summary: "a `scope:` that no resource server of serverless.yml has",
  check,
};

function* check({ rows, service }: LintSubject): Iterable<Problem> {
  if (service?.scopes === undefined) return;
  const [issuer] = service.issuers ?? [];
  const known = service.scopes.map((scope) => issuedName(issuer, scope));
  for (const { name, row, field } of subjectsNamed(rows, "scope")) {
    // Nobody here can tell which scopes another pool has; a prefix of none is another rule's.
    if (known.includes(name) || ownName(issuer, name) === undefined) continue;
    const meant = nearest(name, known);
    yield {
      ...atField(row, field),
      message: `no resource server has the scope \`${name}\`, so no machine's token can carry it`,
      fix:
        meant === undefined
          ? "expected `IDENTIFIER/SCOPE` of a resource server"
          : `did you mean \`scope:${meant}\`?`,
    };
  }
}
