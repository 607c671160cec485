import { gatewayRoutes } from "../../cloudformation/gateway-routes.ts";
import type { Template } from "../../cloudformation/template.ts";
import { hasTokenCookie, whyTooNarrow } from "../../service/cache-key.ts";
import { identitySourcesOf, variablesBehind } from "../authorizer-facts.ts";
import { cachedAuthorizers, TTL } from "../cached-authorizers.ts";
import type { TemplateCheck, TemplateProblem } from "../template-check.ts";

/** An authorizer whose answers API Gateway caches and reuses for other requests. */
export const cacheReusesAnswers: TemplateCheck = { id: "cache-reuses-answers", check };

function* check(template: Template): Iterable<TemplateProblem> {
  const routes = gatewayRoutes(template).filter((route) => route.gateway === "http");
  for (const { resource, gateway, type, ttl } of cachedAuthorizers(template)) {
    if (ttl === undefined || Number(ttl) === 0) continue;
    const variables = variablesBehind(template, resource);
    const reason = whyTooNarrow({
      gateway,
      type,
      configured: identitySourcesOf(resource),
      // The lint rule `whole-api-inexpressible` checks that such answers distinguish the routes of the policy.
      wholeApi: variables["CLAIMGATE_WHOLE_API_ANSWER"] === "true",
      tokenCookie: hasTokenCookie(variables),
      routes: routes.map(({ route }) => route),
    });
    if (reason === undefined) continue;
    yield {
      resource: resource.id,
      property: TTL,
      message: `caches an answer for ${String(ttl)} s and reuses it for other requests: ${reason}`,
      fix: "set `resultTtlInSeconds: 0`",
    };
  }
}
