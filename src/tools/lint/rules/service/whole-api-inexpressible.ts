import { atField, type LintSubject, type Problem, type Rule } from "../../rule.ts";
import { inexpressibleRoutes } from "../../whole-api.ts";

/** A REST authorizer gives a whole-API answer, and the ARN of some route does not distinguish it from another. */
export const wholeApiInexpressible: Rule = {
  id: "whole-api-inexpressible",
  category: "service",
  severity: "error",
  summary: "a whole-API answer cannot distinguish a route from others",
  check,
};

function* check({ rows, service }: LintSubject): Iterable<Problem> {
  if (service?.authorizers.some(({ wholeApi }) => wholeApi === true) !== true) return;
  for (const { row, why } of inexpressibleRoutes(rows)) {
    yield {
      ...atField(row, 0),
      message: `a whole-API answer cannot be correct for \`${row.route}\`: ${why}`,
      fix: "set `CLAIMGATE_WHOLE_API_ANSWER` to `false`, or give both routes the same permission",
    };
  }
}
