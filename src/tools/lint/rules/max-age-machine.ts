import { MACHINE } from "../../../policy/subject.ts";
import { KINDS } from "../../access/holding.ts";
import { atAges } from "../conditions/comparisons.ts";
import { factsOf } from "../policy-facts.ts";
import type { LintSubject, Problem, Rule } from "../rule.ts";

/** A condition on the age of a sign-in, for callers that never sign in. */
export const maxAgeMachine: Rule = {
  id: "max-age-machine",
  category: "values",
  severity: "error",
  summary: "a row for machines compares the age of a sign-in, which machines do not have",
  check,
};

function* check({ rows }: LintSubject): Iterable<Problem> {
  const { permissionRows, holding } = factsOf(rows);
  for (const row of permissionRows) {
    const always = holding.alwaysWith(row.subject);
    if (!always.has(MACHINE) || KINDS.every((kind) => always.has(kind))) continue;
    for (const { place } of atAges(row)) {
      yield {
        ...place,
        message: `only machines hold \`${row.subject}\`, and these never sign in, so the row ${row.effect === "allow" ? "never allows" : "always denies"}`,
        fix: "remove the comparison, or name a subject of users",
      };
    }
  }
}
