import { createRestAuthorizer } from "../../../src/authorizers/rest-request.ts";
import { type GatewayEvent, restEvent } from "../authorization.ts";
import { type Attempt, type GatewayDefinition, partsOf } from "./gateway.ts";

function eventOf(attempt: Attempt): GatewayEvent {
  const { template, method, path, parameters, headers } = partsOf(attempt);
  const event = restEvent({
    path,
    pathParameters: parameters,
    headers,
    multiValueHeaders: { Authorization: attempt.authorization, ...listed(headers) },
    methodArn: `arn:aws:execute-api:us-east-1:111122223333:def456/dev/${method}${path}`,
  });
  return { ...event, resource: template, httpMethod: method };
}

function listed(headers: Readonly<Record<string, string>>): Readonly<Record<string, readonly string[]>> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value]]));
}

export const restRequest: GatewayDefinition = {
  title: "REST API, REQUEST",
  functionName: "restAuthorizer",
  says401: true,
  hasPaths: true,
  hasHeaders: true,
  keepsPolicyFor: "methodArn",
  eventOf,
  backendEvent: eventOf,
  authorizers: [
    (deps) => createRestAuthorizer(deps),
    (deps) => createRestAuthorizer(deps, { wholeApi: true }),
  ],
};
