import { textOf } from "../../json.ts";
import { isOfWebSocket } from "./invocations.ts";
import { type Resource, resourcesOf, type Template } from "./template.ts";
import { namedBy } from "./values.ts";

/** A deployed route on which an authorizer can be asked. */
export interface GatewayRoute {
  readonly gateway: "http" | "rest" | "websocket";
  /** As the policy spells it: `GET /orders/{orderId}`, `ANY /files/{proxy+}`, `$default`, `$connect`. */
  readonly route: string;
  /** The route or method. */
  readonly resource: Resource;
}

/**
 * The routes of all APIs, without the CORS preflights that a REST API answers itself and without messages on an open
 * WebSocket, where no authorizer can be asked.
 */
export function gatewayRoutes(template: Template): readonly GatewayRoute[] {
  const rest = resourcesOf(template, "AWS::ApiGateway::Method").filter((method) => !isPreflight(method));
  return [
    ...resourcesOf(template, "AWS::ApiGatewayV2::Route").map((resource): GatewayRoute => {
      const gateway = isOfWebSocket(template, resource) ? "websocket" : "http";
      return { gateway, route: textOf(resource.properties["RouteKey"]) ?? resource.id, resource };
    }),
    ...rest.map((resource): GatewayRoute => {
      const method = textOf(resource.properties["HttpMethod"]) ?? "ANY";
      return { gateway: "rest", route: `${method} ${pathOf(template, resource)}`, resource };
    }),
  ].filter(({ gateway, route }) => gateway !== "websocket" || route === "$connect");
}

function isPreflight({ properties }: Resource): boolean {
  const integration = properties["Integration"];
  const type =
    typeof integration === "object" && integration !== null && "Type" in integration && integration.Type;
  return properties["HttpMethod"] === "OPTIONS" && type === "MOCK";
}

/** The path of a REST method, from the chain of its resources. */
function pathOf(template: Template, method: Resource): string {
  const parts: string[] = [];
  const seen = new Set<string>();
  let [id] = namedBy(method.properties["ResourceId"]);
  for (;;) {
    const resource = template.resources.get(id ?? "");
    if (resource?.type !== "AWS::ApiGateway::Resource" || seen.has(resource.id)) break;
    seen.add(resource.id);
    parts.unshift(textOf(resource.properties["PathPart"]) ?? "?");
    [id] = namedBy(resource.properties["ParentId"]);
  }
  return `/${parts.join("/")}`;
}
