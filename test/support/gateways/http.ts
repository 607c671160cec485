import { createHttpAuthorizer } from "../../../src/authorizers/http.ts";
import { type GatewayEvent, httpEvent } from "../authorization.ts";
import { type Attempt, type GatewayDefinition, partsOf } from "./gateway.ts";
import { decoded, decodedAll, joined, placeOf } from "./http-parts.ts";

/** The event of payload format 2.0. */
function httpV2Event(attempt: Attempt): GatewayEvent {
  const { routeMethod, template, method, path, parameters, headers } = partsOf(attempt);
  return httpEvent({
    routeKey: template === "$default" ? template : `${routeMethod} ${template}`,
    method,
    rawPath: decoded(path),
    pathParameters: decodedAll(parameters),
    headers: { ...headers, ...joined(attempt) },
    ...placeOf(attempt),
  });
}

export const http: GatewayDefinition = {
  title: "HTTP API, simple responses",
  functionName: "httpAuthorizer",
  says401: false,
  hasPaths: true,
  hasHeaders: true,
  eventOf: httpV2Event,
  backendEvent: httpV2Event,
  authorizers: [createHttpAuthorizer],
};
