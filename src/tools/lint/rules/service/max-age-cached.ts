import { atAges } from "../../conditions/comparisons.ts";
import { foreignAuthorizer } from "../../foreign-authorizer.ts";
import { factsOf } from "../../policy-facts.ts";
import type { LintSubject, Problem, Rule } from "../../rule.ts";

/** A cache that keeps an allow longer than its sign-in counts. */
export const maxAgeCached: Rule = {
  id: "max-age-cached",
  category: "service",
  severity: "error",
  ofAuthorizers: true,
  summary: "an authorizer cache keeps an answer that depends on the age of a sign-in",
  check,
};

function* check({ rows, service }: LintSubject): Iterable<Problem> {
  if (service === undefined) return;
  const row = factsOf(rows).permissionRows.find((one) => atAges(one).length > 0);
  if (row === undefined) return;
  const said = new Set<string>();
  for (const { gateway, name, resultTtl, wholeApi = false, at } of service.authorizers) {
    // A WebSocket is decided once; an answer for a whole API never depends on the age, or is refused.
    if (gateway === "websocket" || wholeApi || resultTtl === undefined || resultTtl === 0) continue;
    if (said.has(name)) continue;
    said.add(name);
    yield {
      ...at,
      message: `answers of \`${name}\` are cached for ${resultTtl} s, so a sign-in counts longer than ${row.file}:${row.line} says`,
      fix: "set `resultTtlInSeconds: 0`",
      authorizer: foreignAuthorizer(service, name),
    };
  }
}
