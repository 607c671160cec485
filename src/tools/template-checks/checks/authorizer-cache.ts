import { objectOf, textOf } from "../../../json.ts";
import { functionBehind, functionNamed } from "../../cloudformation/functions.ts";
import { gatewayRoutes } from "../../cloudformation/gateway-routes.ts";
import { isOfWebSocket } from "../../cloudformation/invocations.ts";
import { textList } from "../../cloudformation/statements.ts";
import { type Resource, resourcesOf, type Template } from "../../cloudformation/template.ts";
import { missingFromCacheKey } from "../../service/cache-key.ts";
import type { TemplateCheck, TemplateProblem } from "../check.ts";

/** An authorizer whose answers API Gateway keeps and gives to other requests. */
export const authorizerCache: TemplateCheck = {
  name: "authorizer-cache",
  summary: "an authorizer whose cached answer is reused for another route, path or caller",
  check,
};

const GATEWAYS = { "AWS::ApiGateway::Authorizer": "rest", "AWS::ApiGatewayV2::Authorizer": "http" } as const;

function* check(template: Template): Iterable<TemplateProblem> {
  for (const [type, gateway] of Object.entries(GATEWAYS)) {
    for (const authorizer of resourcesOf(template, type)) {
      const {
        AuthorizerType: http,
        Type: rest,
        AuthorizerUri: uri,
        AuthorizerResultTtlInSeconds: ttl,
      } = authorizer.properties;
      const kind = String(http ?? rest).toLowerCase();
      if (
        uri === undefined ||
        (kind !== "request" && kind !== "token") ||
        isOfWebSocket(template, authorizer)
      )
        continue;
      yield* reuse(template, authorizer, gateway, kind, ttl);
    }
  }
}

function* reuse(
  template: Template,
  { id, properties }: Resource,
  gateway: "rest" | "http",
  type: string,
  ttl: unknown,
): Iterable<TemplateProblem> {
  const property = "AuthorizerResultTtlInSeconds";
  const fix = "set `resultTtlInSeconds: 0`";
  if (ttl === undefined) {
    yield { resource: id, property, message: "is not set, so AWS caches by a default of its own", fix };
    return;
  }
  if (Number(ttl) === 0) return;
  const routes = gatewayRoutes(template).filter((route) => route.gateway === "http");
  const missing = missingFromCacheKey({
    gateway,
    type,
    configured: sourcesOf(properties["IdentitySource"]),
    wholeApi: answersForWholeApi(template, properties["AuthorizerUri"]),
    routes: routes.map(({ route }) => route),
  });
  if (missing.length === 0) return;
  const lacks = missing.map((source) => `\`${source}\``).join(", ");
  yield {
    resource: id,
    property,
    message: `keeps an answer for ${String(ttl)} s and gives it to other requests: its identity sources lack ${lacks}`,
    fix,
  };
}

/** That such answers tell the routes of the policy apart is the lint rule `whole-api-inexpressible`. */
function answersForWholeApi(template: Template, uri: unknown): boolean {
  const named = functionNamed(template, uri);
  const asked = named === undefined ? undefined : template.resources.get(functionBehind(named));
  const environment = objectOf(objectOf(asked?.properties["Environment"])["Variables"]);
  return environment["CLAIMGATE_WHOLE_API_ANSWER"] === "true";
}

/** A REST API has one text with commas, an HTTP API a list. */
function sourcesOf(value: unknown): readonly string[] {
  const text = textOf(value);
  const list = text === undefined ? textList(value) : text.split(",");
  return list.map((source) => source.trim()).filter((source) => source !== "");
}
