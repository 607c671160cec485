import { whyTooNarrow } from "../../../service/cache-key.ts";
import type { Service, ServiceAuthorizer } from "../../../service/service.ts";
import { foreignAuthorizer } from "../../foreign-authorizer.ts";
import type { LintSubject, Problem, Rule } from "../../rule.ts";

/** An authorizer cache whose key is the same for requests that the policy distinguishes. */
export const cacheReusesAnswers: Rule = {
  id: "cache-reuses-answers",
  category: "service",
  severity: "error",
  ofAuthorizers: true,
  summary: "authorizer cache settings reuse an answer for another route, path or caller",
  check,
};

function* check({ service }: LintSubject): Iterable<Problem> {
  if (service === undefined) return;
  const said = new Set<string>();
  for (const authorizer of service.authorizers) {
    const { gateway, name, resultTtl, identitySources } = authorizer;
    if (gateway === "websocket" || resultTtl === undefined || resultTtl === 0) continue;
    if (identitySources === undefined) continue;
    const reason = reasonOf(authorizer, identitySources, service);
    if (reason === undefined) continue;
    const message = `answers of \`${name}\` are cached for ${resultTtl} s and reused for other requests: ${reason}`;
    if (said.has(`${gateway} ${message}`)) continue;
    said.add(`${gateway} ${message}`);
    yield {
      ...authorizer.at,
      message,
      fix: "set `resultTtlInSeconds: 0`",
      authorizer: foreignAuthorizer(service, name),
    };
  }
}

function reasonOf(
  { gateway, type, wholeApi = false, tokenCookie = false }: ServiceAuthorizer,
  configured: readonly string[],
  service: Service,
): string | undefined {
  return whyTooNarrow({
    gateway: gateway === "rest" ? "rest" : "http",
    type,
    configured,
    wholeApi,
    tokenCookie,
    routes: service.routes.filter((route) => route.gateway === "http").map(({ route }) => route),
  });
}
