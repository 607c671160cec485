import { readBearerToken } from "../token/bearer.ts";
import type { GatewayRequest } from "./authorize.ts";
import { headerValues, malformed, pathParameters, property, text } from "./event-shape.ts";
import { methodOverride } from "./method-override.ts";

/** Reads the event of an HTTP API authorizer, payload format 2.0. @throws ClaimgateError request_malformed */
export function decodeHttpApiEvent(event: unknown): GatewayRequest {
  if (property(event, "version") !== "2.0" || property(event, "type") !== "REQUEST") {
    throw malformed("version `2.0` and type `REQUEST`");
  }
  const context = property(event, "requestContext");
  const method = text(property(context, "http"), "method");
  const authorization = headerValues(event, "authorization");
  return {
    requestId: text(context, "requestId"),
    token: () => readBearerToken(authorization),
    matched: {
      method,
      template: templateOf(text(event, "routeKey"), method),
      path: withoutStage(text(event, "rawPath"), text(context, "stage")),
      encoding: "decoded",
      parameters: pathParameters(event),
    },
    obstacle: methodOverride(event, method),
  };
}

/** `GET /orders/{orderId}` or `ANY /files/{proxy+}` without its method; `$default` as it is. */
function templateOf(routeKey: string, method: string): string {
  if (routeKey === "$default") return routeKey;
  const [, keyMethod, template] = /^([A-Z]+) (\/.*)$/s.exec(routeKey) ?? [];
  if (template !== undefined && (keyMethod === "ANY" || keyMethod === method)) return template;
  throw malformed("`routeKey` that fits its method");
}

/** The path of a named stage begins with the stage; that of the stage `$default` does not. */
export function withoutStage(path: string, stage: string): string {
  if (stage === "$default") return path;
  if (path === `/${stage}`) return "/";
  return path.startsWith(`/${stage}/`) ? path.slice(stage.length + 1) : path;
}
