import { type AuthorizerDependencies, authorize, type GatewayRequest } from "./authorize.ts";
import { type CallerContext, encodeCaller } from "./caller.ts";
import { headerValues, malformed, pathParameters, property, text } from "./event-shape.ts";
import { methodOverride } from "./method-override.ts";
import { UndecidedError } from "./undecided.ts";

/** The simple response of an HTTP API authorizer, payload format 2.0. */
export type HttpApiAnswer =
  | { readonly isAuthorized: true; readonly context: CallerContext }
  | { readonly isAuthorized: false };

/**
 * The authorizer of an HTTP API (payload format 2.0, simple responses;
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-lambda-authorizer.html).
 *
 * A simple response cannot say 401: a bad token is answered 403, as a denied request is. The handler throws
 * {@link UndecidedError} (500) where nothing could be decided.
 */
export function createHttpAuthorizer(
  deps: AuthorizerDependencies,
): (event: unknown) => Promise<HttpApiAnswer> {
  return async (event) => {
    const outcome = await authorize(deps, "http-api-v2", () => decodeHttpApiEvent(event));
    switch (outcome.kind) {
      case "allow":
        return { isAuthorized: true, context: encodeCaller(outcome.caller) };
      case "deny":
      case "unauthenticated":
        return { isAuthorized: false };
      case "failed":
        throw new UndecidedError();
    }
  };
}

/** Reads the event. @throws ClaimgateError request_malformed */
export function decodeHttpApiEvent(event: unknown): GatewayRequest {
  if (property(event, "version") !== "2.0" || property(event, "type") !== "REQUEST") {
    throw malformed("version `2.0` and type `REQUEST`");
  }
  const context = property(event, "requestContext");
  const method = text(property(context, "http"), "method");
  return {
    requestId: text(context, "requestId"),
    authorization: headerValues(event, "authorization"),
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
function withoutStage(rawPath: string, stage: string): string {
  if (stage === "$default") return rawPath;
  if (rawPath === `/${stage}`) return "/";
  return rawPath.startsWith(`/${stage}/`) ? rawPath.slice(stage.length + 1) : rawPath;
}
