import type { JsonObject } from "../../../json.ts";
import { objectOf, textOf } from "../../../json.ts";

/** Where the WebSocket API pretends to be. */
export interface WebsocketPlace {
  readonly region: string;
  readonly accountId: string;
  readonly stage: string;
}

/** How a connection ended: the code of the close frame, 1005 without one, and its reason. */
export interface Closing {
  readonly code: number;
  readonly reason: string;
}

const API_ID = "localws";

/** What API Gateway says of a close frame without a code. */
const NO_STATUS: Closing = { code: 1005, reason: "Client-side close frame status not set" };

const SOURCE_IP = "127.0.0.1";

/** Headers of the handshake that only an authorizer gets to see. */
const OF_HANDSHAKE: ReadonlySet<string> = new Set(["connection", "upgrade"]);

/**
 * An event of serverless-offline in the shape that API Gateway sends. AWS documents an example of `$connect` only; the
 * rest is as recorded on AWS (aws-powertools/powertools-lambda-python, `tests/events/apiGatewayWebSocketApi*.json` and
 * `apiGatewayAuthorizerWebSocketEvent.json`).
 */
export function asOnAws(event: JsonObject, place: WebsocketPlace, closing: Closing = NO_STATUS): JsonObject {
  const given = objectOf(event["requestContext"]);
  const isAuthorizer = event["type"] === "REQUEST";
  const requestContext = contextOf(given, place, closing);
  if (isAuthorizer) {
    const { region, accountId, stage } = place;
    return {
      ...event,
      methodArn: `arn:aws:execute-api:${region}:${accountId}:${API_ID}/${stage}/$connect`,
      queryStringParameters: event["queryStringParameters"] ?? {},
      multiValueQueryStringParameters: event["multiValueQueryStringParameters"] ?? {},
      stageVariables: {},
      requestContext,
    };
  }
  switch (given["eventType"]) {
    case "CONNECT":
      return {
        ...event,
        headers: withoutHandshake(event["headers"]),
        multiValueHeaders: withoutHandshake(event["multiValueHeaders"]),
        requestContext,
      };
    case "DISCONNECT":
      return {
        ...event,
        headers: { ...objectOf(event["headers"]), "X-Forwarded-For": "" },
        multiValueHeaders: { ...objectOf(event["multiValueHeaders"]), "X-Forwarded-For": [""] },
        requestContext,
      };
    default:
      return { ...event, requestContext };
  }
}

function contextOf(given: JsonObject, { stage }: WebsocketPlace, closing: Closing): JsonObject {
  const { routeKey, eventType, requestTime, connectedAt, requestTimeEpoch, domainName, connectionId } = given;
  const requestId = textOf(given["requestId"]) ?? "";
  return {
    routeKey,
    ...(eventType === "MESSAGE" ? { messageId: given["messageId"] } : {}),
    ...(eventType === "DISCONNECT"
      ? { disconnectStatusCode: closing.code, disconnectReason: closing.reason }
      : {}),
    eventType,
    extendedRequestId: requestId,
    requestTime,
    messageDirection: "IN",
    stage,
    connectedAt,
    requestTimeEpoch,
    identity: { sourceIp: SOURCE_IP },
    requestId,
    // Of this machine: an app that answers there must not reach AWS.
    domainName,
    connectionId,
    apiId: API_ID,
  };
}

function withoutHandshake(headers: unknown): JsonObject {
  return Object.fromEntries(
    Object.entries(objectOf(headers)).filter(([name]) => !OF_HANDSHAKE.has(name.toLowerCase())),
  );
}

/** @param reason as the client wrote it */
export const closingOf = (code: number, reason: string): Closing =>
  code === NO_STATUS.code ? NO_STATUS : { code, reason };
