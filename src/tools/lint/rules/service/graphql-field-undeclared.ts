import { likelyFix } from "../../../../policy/finding.ts";
import { respelled } from "../../fixes/edits.ts";
import { likelyNames } from "../../names/likely-names.ts";
import type { LintSubject, Problem, Rule } from "../../rule.ts";
import { declaredRoutes } from "../../service-routes.ts";

/** AppSync denies only the fields that an answer lists, and an answer lists only fields that the policy declares. */
export const graphqlFieldUndeclared: Rule = {
  id: "graphql-field-undeclared",
  category: "service",
  severity: "error",
  summary: "no `g2` row declares a root field of a GraphQL schema, so AppSync would not deny it",
  needsEveryRow: true,
  check,
};

function* check(subject: LintSubject): Iterable<Problem> {
  const { rows, service } = subject;
  const likely = likelyNames(subject);
  if (service?.graphql === undefined) return;
  yield* service.graphql.problems;
  const declared = declaredRoutes(rows);
  const fields = new Set(service.graphql.fields.map(({ route }) => route));
  const dangling = [...declared.keys()].filter((route) => !fields.has(route) && /^[A-Z]\w*\./.test(route));
  for (const { file, line, column, type, route } of service.graphql.fields) {
    const [operation = "", name = ""] = route.split(".");
    if (type !== operation) {
      yield {
        file,
        line,
        column,
        message: `the root type \`${type}\` is not named \`${operation}\`: AppSync denies fields by the name of their type`,
        names: [],
        fix: `rename the type to \`${operation}\``,
      };
    } else if (!declared.has(route)) {
      const meant = likely.name(route, dangling);
      const meantRows = (meant === undefined ? undefined : declared.get(meant)) ?? [];
      yield {
        file,
        line,
        column,
        message: `the policy has no \`g2\` row for \`${route}\`, so every caller with any permission may use the field \`${name}\``,
        names: [route],
        ...likelyFix(
          meantRows.length === 0
            ? []
            : [
                respelled(
                  route,
                  meantRows.map((one) => [one, 0] as const),
                ),
              ],
          `add \`g2, ${route}, PERMISSION\` to the policy`,
          meantRows
            .map((one) => ` ${one.file}:${one.line} has \`${one.route}\``)
            .slice(0, 1)
            .join(""),
        ),
      };
    }
  }
}
