import { createHttpV1Authorizer } from "../../../src/authorizers/http-v1.ts";
import { type GatewayEvent, httpV1Event } from "../authorization.ts";
import { type Attempt, type GatewayDefinition, partsOf } from "./gateway.ts";
import { decoded, decodedAll, joined, placeOf } from "./http-parts.ts";

function eventOf(attempt: Attempt): GatewayEvent {
  const { template, method, path, parameters, headers } = partsOf(attempt);
  return httpV1Event({
    resource: template,
    method,
    path: decoded(path),
    pathParameters: decodedAll(parameters),
    headers: { ...headers, ...joined(attempt) },
    ...placeOf(attempt),
  });
}

export const httpV1: GatewayDefinition = {
  title: "HTTP API, payload 1.0",
  functionName: "httpV1Authorizer",
  says401: false,
  hasPaths: true,
  hasHeaders: true,
  keepsPolicyFor: "methodArn",
  eventOf,
  backendEvent: eventOf,
  authorizers: [createHttpV1Authorizer],
};
