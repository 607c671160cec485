import type { LintSubject, Problem, Rule } from "../../rule.ts";

/** A native authorizer of API Gateway that accepts an ID token as an access token. */
export const nativeAuthorizerWithoutScopes: Rule = {
  id: "native-authorizer-without-scopes",
  category: "service",
  severity: "error",
  ofAuthorizers: true,
  summary: "a JWT or COGNITO_USER_POOLS authorizer accepts ID tokens, since it requires no scopes",
  check,
};

function* check({ service }: LintSubject): Iterable<Problem> {
  for (const { gateway, route, authorizer, at } of service?.routes ?? []) {
    if (service === undefined || authorizer?.kind !== "native" || authorizer.scopes.length > 0) continue;
    const kind = gateway === "rest" ? "COGNITO_USER_POOLS" : "JWT";
    yield {
      ...at,
      message: `the ${kind} authorizer \`${authorizer.name}\` of \`${route}\` requires no scopes, so it accepts ID tokens`,
      authorizer: authorizer.name,
      fix: "use the authorizer function of claimgate, or set `scopes` on the event",
    };
  }
}
