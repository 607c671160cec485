import type { PermissionRow } from "../../policy/row.ts";
import { nearest } from "../../policy/suggestion.ts";
import { atAtoms } from "../atoms.ts";
import { factsOf, type PolicyFacts } from "../facts.ts";
import { parametersOfRoute } from "../route-parameters.ts";
import type { LintSubject, Problem, Rule } from "../rule.ts";

/** A condition compares a parameter that a route of its permission does not have. */
export const conditionParameter: Rule = {
  name: "condition-parameter",
  category: "values",
  severity: "error",
  summary: "a condition names a path parameter that a route of the permission lacks",
  check,
};

function* check({ rows }: LintSubject): Iterable<Problem> {
  const facts = factsOf(rows);
  const lacking = new Map<string, string | undefined>();
  for (const row of facts.permissionRows) {
    for (const { atom, place } of atAtoms(row)) {
      const key = `${row.permission} ${atom.parameter}`;
      if (!lacking.has(key)) lacking.set(key, routeWithout(facts, row.permission, atom.parameter));
      const route = lacking.get(key);
      if (route !== undefined) yield problem(place, row, route, atom.parameter);
    }
  }
}

function routeWithout(facts: PolicyFacts, permission: string, parameter: string): string | undefined {
  return facts.opened(permission).find(({ route }) => !parametersOfRoute(route).includes(parameter))?.route;
}

function problem(
  place: Pick<Problem, "file" | "line" | "column">,
  row: PermissionRow,
  route: string,
  parameter: string,
): Problem {
  const outcome = row.effect === "allow" ? "never allows there" : "denies everybody there";
  const meant = nearest(parameter, parametersOfRoute(route));
  return {
    ...place,
    message: `\`${route}\`, which \`${row.permission}\` opens, has no parameter \`{${parameter}}\`, so the row ${outcome}`,
    fix:
      meant === undefined
        ? "name a parameter that all its routes have, or give the route a permission of its own"
        : `did you mean \`{${meant}}\`?`,
  };
}
