import type { ParameterAtom } from "../../../policy/condition.ts";
import { likelyFix } from "../../../policy/finding.ts";
import type { PermissionRow } from "../../../policy/row.ts";
import { atParameters, type PlacedAtom } from "../conditions/comparisons.ts";
import { mayHaveParameter, parametersOfRoute } from "../conditions/route-parameters.ts";
import { comparisonWith } from "../fixes/edits.ts";
import { type LikelyNames, likelyNames } from "../names/likely-names.ts";
import { factsOf, type PolicyFacts } from "../policy-facts.ts";
import type { LintSubject, Problem, Rule } from "../rule.ts";

/** A condition compares a parameter that a route of its permission does not have. */
export const conditionParameter: Rule = {
  id: "condition-parameter",
  category: "values",
  severity: "error",
  summary: "a condition names a path parameter that a route of the permission lacks",
  check,
};

function* check(subject: LintSubject): Iterable<Problem> {
  const facts = factsOf(subject.rows);
  const likely = likelyNames(subject);
  const lacking = new Map<string, string | undefined>();
  for (const row of facts.permissionRows) {
    for (const placed of atParameters(row)) {
      const { atom } = placed;
      const key = `${row.permission} ${atom.parameter}`;
      if (!lacking.has(key)) lacking.set(key, routeWithout(facts, row.permission, atom.parameter));
      const route = lacking.get(key);
      if (route !== undefined) yield problem(placed, row, route, likely);
    }
  }
}

function routeWithout(facts: PolicyFacts, permission: string, parameter: string): string | undefined {
  return facts.opened(permission).find(({ route }) => !mayHaveParameter(route, parameter))?.route;
}

function problem(
  placed: PlacedAtom<ParameterAtom>,
  row: PermissionRow,
  route: string,
  likely: LikelyNames,
): Problem {
  const outcome = row.effect === "allow" ? "never allows there" : "denies everyone there";
  const { parameter } = placed.atom;
  const meant = likely.name(parameter, parametersOfRoute(route));
  return {
    ...placed.place,
    message: `the route \`${route}\` of \`${row.permission}\` has no parameter \`{${parameter}}\`, so the row ${outcome}`,
    ...likelyFix(
      meant === undefined
        ? []
        : [{ meant: `{${meant}}`, edits: [comparisonWith(placed, { ...placed.atom, parameter: meant })] }],
      "use a parameter that all its routes have, or give the route its own permission",
    ),
  };
}
