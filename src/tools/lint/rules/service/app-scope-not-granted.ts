import { atField, type LintSubject, type Problem, type Rule } from "../../rule.ts";

/** A scope that the app client cannot request: no token of it has the scope, so the row never counts. */
export const appScopeNotGranted: Rule = {
  id: "app-scope-not-granted",
  category: "service",
  severity: "error",
  summary: "serverless.yml does not let the app client of a `p3` row request the scope of the row",
  check,
};

function* check({ rows, service }: LintSubject): Iterable<Problem> {
  for (const row of rows) {
    if (row.type !== "p3" || row.scope === undefined) continue;
    const { scope } = row;
    const name = row.client.slice("client:".length);
    const client = service?.clients.find((one) => one.name === name);
    if (client?.hasKnownScopes !== true || client.scopes.includes(scope)) continue;
    yield {
      ...atField(row, 2),
      message: `the app client \`${name}\` cannot request the scope \`${scope}\`, so the row never counts`,
      fix: `add it to \`AllowedOAuthScopes\` of the app client, or use one of ${client.scopes.join(", ") || "its scopes"}`,
    };
  }
}
