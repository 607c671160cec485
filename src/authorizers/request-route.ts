import { ClaimgateError } from "../errors.ts";
import { canonicalParameter, type PathEncoding } from "../policy/canonical-path.ts";
import type { Policy } from "../policy/policy.ts";
import { REQUEST_REFUSALS } from "../policy/refusals.ts";
import { type MatchedRoute, resolveRoute } from "../policy/route-table.ts";
import { type CustomDomains, placeOf } from "./custom-domains.ts";
import { malformed, pathParameters, property, text } from "./event-shape.ts";
import { parseMethodArn } from "./method-arn.ts";

// Reads the route that a gateway matched. Authorizers and the check in a backend share this code, since both must see
// the same parameters of the same request.

/** Of an HTTP API, payload format 2.0. @throws ClaimgateError request_malformed */
export function httpRoute(event: unknown, domains?: CustomDomains): MatchedRoute {
  const context = property(event, "requestContext");
  const method = text(property(context, "http"), "method");
  const template = templateOf(text(event, "routeKey"), method);
  const { path, unplaced } = placeOf(
    { path: text(event, "rawPath"), context, arnPath: arnPathIn(event, "routeArn") },
    "without-base-path",
    domains,
  );
  return { method, template, path, unplaced, encoding: "decoded", parameters: pathParameters(event) };
}

/** Of an HTTP API, payload format 1.0. @throws ClaimgateError request_malformed */
export function httpV1Route(event: unknown, domains?: CustomDomains): MatchedRoute {
  const context = property(event, "requestContext");
  const [method, template] = [text(event, "httpMethod"), text(event, "resource")];
  const { path, unplaced } = placeOf(
    { path: text(event, "path"), context, arnPath: arnPathIn(event, "methodArn") },
    "with-base-path",
    domains,
  );
  return { method, template, path, unplaced, encoding: "decoded", parameters: pathParameters(event) };
}

/**
 * Of a REST API, which has no `$default`: its templates show where the route starts. @throws ClaimgateError
 * request_malformed
 */
export function restRoute(event: unknown): MatchedRoute {
  return {
    method: text(event, "httpMethod"),
    template: text(event, "resource"),
    path: text(event, "path"),
    encoding: "encoded",
    parameters: pathParameters(event),
  };
}

/** An authorizer's event has the ARN of the request; a backend's event does not. */
function arnPathIn(event: unknown, field: "methodArn" | "routeArn"): string | undefined {
  const arn = property(event, field);
  return typeof arn === "string" ? parseMethodArn(arn)?.path : undefined;
}

/** `GET /orders/{orderId}` or `ANY /files/{proxy+}` without its method; `$default` unchanged. */
function templateOf(routeKey: string, method: string): string {
  if (routeKey === "$default") return routeKey;
  const [, keyMethod, template] = /^([A-Z]+) (\/.*)$/s.exec(routeKey) ?? [];
  if (template !== undefined && (keyMethod === "ANY" || keyMethod === method)) return template;
  throw malformed("`routeKey` that fits its method");
}

/**
 * The path parameters that the authorizer decided on, for the backend behind it: those of the declared route, decoded
 * once. None if the authorizer refuses the request, so that a condition on one is unknown.
 *
 * An event without a path, as some tests and tools write it, has the parameters of its `pathParameters`.
 */
export function requestParameters(
  event: unknown,
  policy: Pick<Policy, "routes">,
  domains?: CustomDomains,
): Readonly<Record<string, string>> {
  const matched = routeIn(event, domains);
  if (matched === undefined) return decodedParameters(event);
  try {
    return resolveRoute(policy, matched).parameters;
  } catch (error) {
    if (error instanceof ClaimgateError && REQUEST_REFUSALS.has(error.code)) return NO_PARAMETERS;
    throw error;
  }
}

const NO_PARAMETERS: Readonly<Record<string, string>> = Object.freeze(
  Object.create(null) as Record<string, string>,
);

/** The route of an event of any gateway; undefined if it is missing or incomplete. */
function routeIn(event: unknown, domains: CustomDomains | undefined): MatchedRoute | undefined {
  try {
    switch (property(event, "version")) {
      case "2.0":
        return httpRoute(event, domains);
      case "1.0":
        return httpV1Route(event, domains);
      default:
        return restRoute(event);
    }
  } catch (error) {
    if (error instanceof ClaimgateError && error.code === "request_malformed") return undefined;
    throw error;
  }
}

/**
 * The `pathParameters` of an event, decoded once: HTTP APIs decode them, REST APIs do not. Parameters that do not
 * decode or are not canonical are left out.
 *
 * @example
 * import { decodedParameters } from "claimgate/middleware";
 *
 * const { orderId } = decodedParameters(event);
 * console.log(orderId);
 */
export function decodedParameters(event: unknown): Readonly<Record<string, string>> {
  const version = property(event, "version");
  const encoding: PathEncoding = version === "2.0" || version === "1.0" ? "decoded" : "encoded";
  const template = property(event, version === "2.0" ? "routeKey" : "resource");
  const found: Record<string, string> = Object.create(null) as Record<string, string>;
  for (const [name, value] of Object.entries(property(event, "pathParameters") ?? {})) {
    if (typeof value !== "string") continue;
    const greedy = typeof template === "string" && template.endsWith(`{${name}+}`);
    const canonical = canonicalParameter(value, encoding, greedy);
    if (canonical !== undefined) found[name] = canonical;
  }
  return found;
}
