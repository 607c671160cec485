import { factsOf } from "../policy-facts.ts";
import { atField, type LintSubject, type Problem, type Rule } from "../rule.ts";

/** Apps are limited, and none is said to be first-party, so that its users may use all of the API. */
export const firstPartyMissing: Rule = {
  id: "first-party-missing",
  category: "structure",
  severity: "warning",
  summary: "the policy has `p3` rows, but none lets an app do everything that its users may",
  needsEveryRow: true,
  check,
};

function* check({ rows }: LintSubject): Iterable<Problem> {
  const { appRows } = factsOf(rows);
  const [first] = appRows;
  if (first === undefined) return;
  if (appRows.some(({ permission, scope }) => permission === "*" && scope === undefined)) return;
  yield {
    ...atField(first, 0),
    message: "no `p3` row lets an app do everything that its users may, so even your own apps are limited",
    names: ["p3"],
    fix: "add a row such as `p3, client:web, *` for each of your own apps",
  };
}
