import { methodOf } from "../../../service/cors.ts";
import type { LintSubject, Problem, Rule } from "../../rule.ts";

/**
 * A route of an HTTP API that takes preflights and has an authorizer. A browser sends a preflight without a token, so
 * the answer is 401 before any CORS header is added.
 */
export const preflightUnauthorized: Rule = {
  id: "preflight-unauthorized",
  category: "service",
  severity: "warning",
  summary: "`ANY`, `OPTIONS` or `$default` has an authorizer on an API with CORS: its preflights get 401",
  check,
};

function* check({ service }: LintSubject): Iterable<Problem> {
  if (service?.httpCors === undefined) return;
  const http = service.routes.filter(({ gateway }) => gateway === "http");
  const open = new Set(http.filter(({ authorizer }) => authorizer === undefined).map(({ route }) => route));
  for (const { route, authorizer, at } of http) {
    const method = methodOf(route);
    if (authorizer === undefined || (method !== "ANY" && method !== "OPTIONS")) continue;
    const preflights = route === "$default" ? "OPTIONS /{proxy+}" : route.replace(/^\S+/, "OPTIONS");
    if (open.has(preflights)) continue;
    yield {
      ...at,
      message: `\`${route}\` receives the preflights of browsers, which have no token, so its authorizer answers them with 401`,
      fix:
        method === "OPTIONS"
          ? `remove the \`authorizer\` of the event, and declare \`g2, ${route}, public\``
          : `add the event \`httpApi: ${preflights}\` without an authorizer, and the row \`g2, ${preflights}, public\``,
    };
  }
}
