import type { LintSubject, Problem, Rule } from "../../rule.ts";
import { topOf } from "../../service-routes.ts";

/** An app client of users that requests a scope of an API, in a policy that limits no app. */
export const appScopeUnlimited: Rule = {
  id: "app-scope-unlimited",
  category: "service",
  severity: "warning",
  summary: "an app client of users has a scope of a resource server, and the policy has no `p3` rows",
  needsEveryRow: true,
  check,
};

function* check({ rows, service }: LintSubject): Iterable<Problem> {
  if (service === undefined || rows.some(({ type }) => type === "p3")) return;
  for (const { name, at, flows, scopes } of service.clients) {
    const custom = scopes.filter((scope) => service.scopes?.includes(scope));
    if (flows?.includes("code") !== true || custom.length === 0) continue;
    yield {
      ...(at ?? topOf(service)),
      message: `the app client \`${name}\` has the scope \`${custom[0]}\`, but no \`p3\` row limits apps, so it may do everything that its users may`,
      names: ["p3"],
      fix: `add \`p3, client:${name}, PERMISSION, ${custom[0]}\` and a row for each of your other apps, or remove the scope`,
    };
  }
}
