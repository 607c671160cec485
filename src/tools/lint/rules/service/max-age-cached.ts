import { atAges } from "../../conditions/comparisons.ts";
import { foreignAuthorizer } from "../../foreign-authorizer.ts";
import { factsOf } from "../../policy-facts.ts";
import type { LintSubject, Problem, Rule } from "../../rule.ts";

/** Seconds for which a REST API caches answers if nothing is said; of HTTP APIs AWS documents no default. */
const REST_DEFAULT = 300;

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
    if (gateway === "websocket" || wholeApi) continue;
    const seconds = resultTtl ?? (gateway === "rest" ? REST_DEFAULT : 0);
    const key = `${gateway} ${name}`;
    if (seconds === 0 || said.has(key)) continue;
    said.add(key);
    const byDefault = resultTtl === undefined ? " by default" : "";
    yield {
      ...at,
      message: `answers of \`${name}\` are cached for ${seconds} s${byDefault}, so a sign-in counts longer than ${row.file}:${row.line} says`,
      fix: "set `resultTtlInSeconds: 0`",
      authorizer: foreignAuthorizer(service, name),
    };
  }
}
