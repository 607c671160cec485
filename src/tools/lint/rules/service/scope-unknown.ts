import { likelyFix } from "../../../../policy/finding.ts";
import { issuedName, ownName } from "../../../../policy/subject.ts";
import { subjectsNamed } from "../../../access/named-subjects.ts";
import { respelled } from "../../fixes/edits.ts";
import { likelyNames } from "../../names/likely-names.ts";
import { atField, type LintSubject, type Problem, type Rule } from "../../rule.ts";

/** A scope that no resource server has: no machine's token can contain it. */
export const scopeUnknown: Rule = {
  id: "scope-unknown",
  category: "service",
  severity: "error",
  summary: "no resource server of serverless.yml has a `scope:` of the policy",
  check,
};

function* check(subject: LintSubject): Iterable<Problem> {
  const { rows, service } = subject;
  const likely = likelyNames(subject);
  if (service?.scopes === undefined) return;
  const [poolAlias] = service.poolAliases ?? [];
  const known = service.scopes.map((scope) => issuedName(poolAlias, scope));
  for (const { name, row, field } of subjectsNamed(rows, "scope")) {
    // The scopes of another pool are not known here; another rule reports an alias of no pool.
    if (known.includes(name) || ownName(poolAlias, name) === undefined) continue;
    const meant = likely.name(name, known);
    yield {
      ...atField(row, field),
      message: `no resource server has the scope \`${name}\`, so no machine token can contain it`,
      ...likelyFix(
        meant === undefined ? [] : [respelled(`scope:${meant}`, [[row, field]])],
        "expected `IDENTIFIER/SCOPE` of a resource server",
      ),
    };
  }
}
