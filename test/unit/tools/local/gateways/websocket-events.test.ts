import type { JsonObject } from "../../../../../src/json.ts";
import { asOnAws, closingOf } from "../../../../../src/tools/local/gateways/websocket-events.ts";

const PLACE = { region: "eu-west-1", accountId: "000000000000", stage: "dev" };

/** The context of serverless-offline 14. */
const context = (eventType: string, routeKey: string) => ({
  apiId: "private",
  connectedAt: 1,
  connectionId: "c",
  domainName: "localhost",
  eventType,
  extendedRequestId: "another",
  identity: { accessKey: null, accountId: null, sourceIp: "127.0.0.1", user: null },
  messageDirection: "IN",
  messageId: "m",
  requestId: "r",
  requestTime: "29/Nov/2026:09:00:00 +0000",
  requestTimeEpoch: 2,
  routeKey,
  stage: "local",
});

/** What every event has, as recorded on AWS. */
const COMMON = {
  extendedRequestId: "r",
  requestTime: "29/Nov/2026:09:00:00 +0000",
  messageDirection: "IN",
  stage: "dev",
  connectedAt: 1,
  requestTimeEpoch: 2,
  identity: { sourceIp: "127.0.0.1" },
  requestId: "r",
  domainName: "localhost",
  connectionId: "c",
  apiId: "localws",
};

const HEADERS = {
  Host: "localhost:3001",
  Connection: "Upgrade",
  Upgrade: "websocket",
  "Sec-WebSocket-Version": "13",
};
const many = (headers: Readonly<Record<string, string>>) =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value]]));
const sent = { headers: HEADERS, multiValueHeaders: many(HEADERS) };

test("the function behind $connect gets no header of the handshake itself, and no message id", () => {
  const event = { ...sent, isBase64Encoded: false, requestContext: context("CONNECT", "$connect") };
  const headers = { Host: "localhost:3001", "Sec-WebSocket-Version": "13" };
  expect(asOnAws(event, PLACE)).toEqual({
    headers,
    multiValueHeaders: many(headers),
    requestContext: { routeKey: "$connect", eventType: "CONNECT", ...COMMON },
    isBase64Encoded: false,
  });
});

test("an authorizer gets them, an ARN with account and stage, and maps where there is nothing", () => {
  const event = {
    ...sent,
    type: "REQUEST",
    methodArn: "arn:aws:execute-api:eu-west-1:undefined:private/local/$connect",
    requestContext: context("CONNECT", "$connect"),
  };
  expect(asOnAws(event, PLACE)).toEqual({
    ...sent,
    type: "REQUEST",
    methodArn: "arn:aws:execute-api:eu-west-1:000000000000:localws/dev/$connect",
    queryStringParameters: {},
    multiValueQueryStringParameters: {},
    stageVariables: {},
    requestContext: { routeKey: "$connect", eventType: "CONNECT", ...COMMON },
  });
});

test("a message has its id and no headers", () => {
  const event = { body: "{}", isBase64Encoded: false, requestContext: context("MESSAGE", "chat") };
  expect(asOnAws(event, PLACE)).toEqual({
    requestContext: { routeKey: "chat", messageId: "m", eventType: "MESSAGE", ...COMMON },
    body: "{}",
    isBase64Encoded: false,
  });
});

test.each<[number, string, JsonObject]>([
  [1000, "done", { disconnectStatusCode: 1000, disconnectReason: "done" }],
  [1005, "", { disconnectStatusCode: 1005, disconnectReason: "Client-side close frame status not set" }],
])("$disconnect says how the connection was closed: %d", (code, reason, told) => {
  const headers = { Host: "localhost", "x-api-key": "", "x-restapi": "" };
  const event = {
    headers,
    multiValueHeaders: many(headers),
    isBase64Encoded: false,
    requestContext: context("DISCONNECT", "$disconnect"),
  };
  const onAws = { ...headers, "X-Forwarded-For": "" };
  expect(asOnAws(event, PLACE, closingOf(code, reason))).toEqual({
    headers: onAws,
    multiValueHeaders: many(onAws),
    requestContext: { routeKey: "$disconnect", ...told, eventType: "DISCONNECT", ...COMMON },
    isBase64Encoded: false,
  });
});
