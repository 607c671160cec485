import type { GatewayRequest } from "./authorize.ts";
import type { CustomDomains } from "./custom-domains.ts";
import { malformed, property, text } from "./event-shape.ts";
import { methodOverride } from "./method-override.ts";
import { httpRoute } from "./request-route.ts";
import { requestToken, type TokenCookie } from "./token-cookie.ts";

/** Reads the event of an HTTP API authorizer, payload format 2.0. @throws ClaimgateError request_malformed */
export function decodeHttpEvent(
  event: unknown,
  domains?: CustomDomains,
  cookie?: TokenCookie,
): GatewayRequest {
  if (property(event, "version") !== "2.0" || property(event, "type") !== "REQUEST") {
    throw malformed("version `2.0` and type `REQUEST`");
  }
  const matched = httpRoute(event, domains);
  // An authorizer's answer concerns one stage; a backend's event needs none.
  text(property(event, "requestContext"), "stage");
  return {
    requestId: text(property(event, "requestContext"), "requestId"),
    token: requestToken(event, matched.method, cookie),
    matched,
    obstacle: methodOverride(event, matched.method),
  };
}
