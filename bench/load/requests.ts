import { readFileSync } from "node:fs";
import { objectOf } from "../../src/json.ts";
import type { Holder } from "./tokens.ts";

/** A call that a gateway asks an authorizer about. */
export interface Call {
  /** `GET /orders/{orderId}`. */
  readonly route: string;
  readonly method: string;
  readonly template: string;
  readonly path: string;
  readonly parameters: Readonly<Record<string, string>>;
}

/** A gateway: how it spells a call, and the ARN that it names. */
export interface Gateway {
  /** The JSON of the event. */
  readonly event: (call: Call, token: string | undefined, requestId: string) => string;
  /** What an IAM answer names; empty where the gateway has no policies. */
  readonly arn: (call: Call) => string;
}

/** Half of the orders are asked for again and again; the other half are new ones, as ids of callers are. */
const KNOWN_ORDERS = 50;

/**
 * The call of a route with values for its parameters: the caller's own or another's.
 *
 * @param number decides the values
 */
export function callOf(route: string, holder: Holder | undefined, number: number): Call {
  const [method = "", template = ""] = route.split(" ");
  const parameters: Record<string, string> = {};
  const path = template.replaceAll(/\{([^}]+)\}/g, (_, name: string) => {
    const value = parameterValue(name, holder, number);
    parameters[name] = value;
    return value;
  });
  return { route, method, template, path, parameters };
}

function parameterValue(name: string, holder: Holder | undefined, number: number): string {
  const isOwn = number % 3 !== 0;
  if (name === "userId") return isOwn ? (holder?.sub ?? "u") : `44444444-${number}`;
  if (name === "tenantId") return isOwn ? (holder?.tenant ?? "acme") : `tenant-${number % 5}`;
  return number % 2 === 0 ? `order-${number % KNOWN_ORDERS}` : `order-${number}`;
}

const sample = (path: string) => objectOf(JSON.parse(readFileSync(`events/${path}`, "utf8")));
const context = (event: Readonly<Record<string, unknown>>) => objectOf(event["requestContext"]);

const HTTP = sample("http/support-lists-orders.json");
const HTTP_V1 = sample("http/v1-support-lists-orders.json");
const REST = sample("rest/customer-reads-order.json");
const CONNECT = sample("websocket/connect-support.json");
const APPSYNC = sample("appsync/support-queries-orders.json");
const ARN = "arn:aws:execute-api:us-east-1:111122223333";

/** Payload format 2.0. Identity source and header are missing where the caller sends no token. */
function httpEvent({ route, method, path, parameters }: Call, token: string | undefined, requestId: string) {
  const { authorization: _, ...headers } = objectOf(HTTP["headers"]);
  const bearer = `Bearer ${token}`;
  return JSON.stringify({
    ...HTTP,
    routeArn: httpArn({ method, path }),
    identitySource: token === undefined ? undefined : [bearer],
    routeKey: route,
    rawPath: path,
    headers: token === undefined ? headers : { ...headers, authorization: bearer },
    requestContext: {
      ...context(HTTP),
      ...{ http: { ...objectOf(context(HTTP)["http"]), method, path }, requestId, routeKey: route },
    },
    pathParameters: parameters,
  });
}

/** Payload format 1.0. */
function httpV1Event(
  { route, method, template, path, parameters }: Call,
  token: string | undefined,
  requestId: string,
) {
  const { authorization: _, ...headers } = objectOf(HTTP_V1["headers"]);
  const { identitySource: _source, authorizationToken: _token, ...event } = HTTP_V1;
  const bearer = `Bearer ${token}`;
  const has = token !== undefined;
  return JSON.stringify({
    ...event,
    ...(has && { identitySource: bearer, authorizationToken: bearer }),
    methodArn: httpArn({ method, path }),
    ...{ resource: template, path, httpMethod: method, pathParameters: parameters },
    headers: has ? { ...headers, authorization: bearer } : headers,
    requestContext: {
      ...context(HTTP_V1),
      ...{ path, resourceId: route, resourcePath: template, httpMethod: method, requestId },
    },
  });
}

function restEvent(
  { method, template, path, parameters }: Call,
  token: string | undefined,
  requestId: string,
) {
  const { Authorization: _, ...headers } = objectOf(REST["headers"]);
  const { Authorization: _all, ...multiValueHeaders } = objectOf(REST["multiValueHeaders"]);
  const bearer = `Bearer ${token}`;
  const has = token !== undefined;
  return JSON.stringify({
    ...REST,
    methodArn: restArn({ method, path }),
    resource: template,
    path,
    httpMethod: method,
    headers: has ? { ...headers, Authorization: bearer } : headers,
    multiValueHeaders: has ? { ...multiValueHeaders, Authorization: [bearer] } : multiValueHeaders,
    pathParameters: parameters,
    requestContext: {
      ...context(REST),
      ...{ resourcePath: template, httpMethod: method, path: `/dev${path}`, requestId },
    },
  });
}

/** An authorizer of type TOKEN gets the ARN and the token, and nothing else: no route and no id of the request. */
function restTokenEvent(call: Call, token: string | undefined) {
  const bearer = token === undefined ? {} : { authorizationToken: `Bearer ${token}` };
  return JSON.stringify({ type: "TOKEN", ...bearer, methodArn: restArn(call) });
}

function connectEvent(_call: Call, token: string | undefined, requestId: string) {
  const protocols = token === undefined ? "claimgate" : `claimgate, ${token}`;
  return JSON.stringify({
    ...CONNECT,
    headers: { ...objectOf(CONNECT["headers"]), "Sec-WebSocket-Protocol": protocols },
    multiValueHeaders: {
      ...objectOf(CONNECT["multiValueHeaders"]),
      "Sec-WebSocket-Protocol": [protocols],
    },
    requestContext: { ...context(CONNECT), requestId },
  });
}

function appSyncEvent(_call: Call, token: string | undefined, requestId: string) {
  return JSON.stringify({
    ...APPSYNC,
    authorizationToken: token ?? "",
    requestContext: { ...context(APPSYNC), requestId },
  });
}

type Asked = Pick<Call, "method" | "path">;
const restArn = ({ method, path }: Asked) => `${ARN}:def456/dev/${method}${path}`;
const httpArn = ({ method, path }: Asked) => `${ARN}:abc123/$default/${method}${path}`;

/** By the function that answers it. */
export const GATEWAYS: Readonly<Record<string, Gateway>> = {
  httpAuthorizer: { event: httpEvent, arn: httpArn },
  httpPolicyAuthorizer: { event: httpEvent, arn: httpArn },
  httpV1Authorizer: { event: httpV1Event, arn: httpArn },
  restAuthorizer: { event: restEvent, arn: restArn },
  restTokenAuthorizer: { event: restTokenEvent, arn: restArn },
  websocketAuthorizer: { event: connectEvent, arn: () => `${ARN}:ghi789/dev/$connect` },
  appSyncAuthorizer: { event: appSyncEvent, arn: () => "" },
};

/** The event of pre-token-generation for a holder; the pool has given the groups already. */
export function tokenEvent(holder: Holder, version: "1" | "2" | "3"): Readonly<Record<string, unknown>> {
  const isMachine = holder.kind === "machine";
  return {
    version,
    triggerSource: isMachine ? "TokenGeneration_ClientCredentials" : "TokenGeneration_Authentication",
    region: "us-east-1",
    userPoolId: "us-east-1_LocalPool",
    userName: isMachine ? "ClientCredentials" : holder.sub,
    callerContext: { awsSdkVersion: "aws-sdk-unknown-unknown", clientId: "localwebclient000000000001" },
    request: isMachine
      ? { userAttributes: {}, groupConfiguration: null, scopes: holder.scopes }
      : {
          userAttributes: {
            sub: holder.sub,
            email: `${holder.sub}@example.com`,
            email_verified: "true",
            "cognito:user_status": "CONFIRMED",
            // Without it the function would look the user up in the pool.
            "custom:claimgate_assigned": "2026-01-01T00:00:00.000Z",
            ...(holder.tenant !== undefined && { "custom:tenant_id": holder.tenant }),
          },
          groupConfiguration: {
            groupsToOverride: holder.groups,
            iamRolesToOverride: [],
            preferredRole: null,
          },
          ...(version !== "1" && { scopes: ["aws.cognito.signin.user.admin"] }),
        },
    response: version === "1" ? { claimsOverrideDetails: null } : { claimsAndScopeOverrideDetails: null },
  };
}
