import { objectOf, textOf } from "../../../json.ts";
import { functionBehind, functionNamed } from "../../cloudformation/functions.ts";
import { gatewayRoutes } from "../../cloudformation/gateway-routes.ts";
import { textList } from "../../cloudformation/statements.ts";
import type { Template } from "../../cloudformation/template.ts";
import { missingFromCacheKey } from "../../service/cache-key.ts";
import { cachedAuthorizers, TTL } from "../cached-authorizers.ts";
import type { TemplateCheck, TemplateProblem } from "../template-check.ts";

/** An authorizer whose answers API Gateway caches and reuses for other requests. */
export const cacheReusesAnswers: TemplateCheck = { id: "cache-reuses-answers", check };

function* check(template: Template): Iterable<TemplateProblem> {
  const routes = gatewayRoutes(template).filter((route) => route.gateway === "http");
  for (const { resource, gateway, type, ttl } of cachedAuthorizers(template)) {
    if (ttl === undefined || Number(ttl) === 0) continue;
    const { IdentitySource: sources, AuthorizerUri: uri } = resource.properties;
    const missing = missingFromCacheKey({
      gateway,
      type,
      configured: sourcesOf(sources),
      wholeApi: answersForWholeApi(template, uri),
      routes: routes.map(({ route }) => route),
    });
    if (missing.length === 0) continue;
    const lacks = missing.map((source) => `\`${source}\``).join(", ");
    yield {
      resource: resource.id,
      property: TTL,
      message: `caches an answer for ${String(ttl)} s and reuses it for other requests: its identity sources lack ${lacks}`,
      fix: "set `resultTtlInSeconds: 0`",
    };
  }
}

/** The lint rule `whole-api-inexpressible` checks that such answers distinguish the routes of the policy. */
function answersForWholeApi(template: Template, uri: unknown): boolean {
  const named = functionNamed(template, uri);
  const asked = named === undefined ? undefined : template.resources.get(functionBehind(named));
  const environment = objectOf(objectOf(asked?.properties["Environment"])["Variables"]);
  return environment["CLAIMGATE_WHOLE_API_ANSWER"] === "true";
}

/** A REST API has one string with commas, an HTTP API a list. */
function sourcesOf(value: unknown): readonly string[] {
  const text = textOf(value);
  const list = text === undefined ? textList(value) : text.split(",");
  return list.map((source) => source.trim()).filter((source) => source !== "");
}
