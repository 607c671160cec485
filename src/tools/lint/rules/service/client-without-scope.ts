import type { LintSubject, Problem, Rule } from "../../rule.ts";
import { topOf } from "../../service-routes.ts";

/** A machine client without any scope, which Cognito refuses (API reference, CreateUserPoolClient). */
export const clientWithoutScope: Rule = {
  id: "client-without-scope",
  category: "service",
  severity: "error",
  summary: "an app client for client credentials has no scope",
  needsEveryRow: true,
  check,
};

function* check({ service }: LintSubject): Iterable<Problem> {
  for (const { name, at, flows, scopes } of service?.clients ?? []) {
    if (service === undefined || !flows?.includes("client_credentials") || scopes.length > 0) continue;
    yield {
      ...(at ?? topOf(service)),
      message: `the app client \`${name}\` uses client credentials and has no scope, which Cognito refuses`,
      names: ["scope"],
      fix: "add a row `p, scope:IDENTIFIER/SCOPE, PERMISSION, allow` to the policy, or remove the app client",
    };
  }
}
