import { isOfWebSocket } from "../cloudformation/invocations.ts";
import { type Resource, resourcesOf, type Template } from "../cloudformation/template.ts";

/** An authorizer with a function of claimgate whose answers API Gateway may cache. */
export interface CachedAuthorizer {
  readonly resource: Resource;
  readonly gateway: "rest" | "http";
  readonly type: "request" | "token";
  /** Seconds; undefined if the template does not say. */
  readonly ttl: unknown;
}

const GATEWAYS = { "AWS::ApiGateway::Authorizer": "rest", "AWS::ApiGatewayV2::Authorizer": "http" } as const;

/** The property with the cache duration. */
export const TTL = "AuthorizerResultTtlInSeconds";

export function cachedAuthorizers(template: Template): readonly CachedAuthorizer[] {
  return Object.entries(GATEWAYS).flatMap(([kind, gateway]) =>
    resourcesOf(template, kind).flatMap((resource) => {
      const { AuthorizerType: http, Type: rest, AuthorizerUri: uri, [TTL]: ttl } = resource.properties;
      const type = String(http ?? rest).toLowerCase();
      if (uri === undefined || isOfWebSocket(template, resource)) return [];
      return type === "request" || type === "token" ? [{ resource, gateway, type, ttl }] : [];
    }),
  );
}
