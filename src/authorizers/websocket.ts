import { ClaimgateError } from "../errors.ts";
import { MAX_AUTHORIZATION_LENGTH, readBearerToken } from "../token/bearer.ts";
import { authorize, type GatewayRequest } from "./authorize.ts";
import type { Caller } from "./caller.ts";
import { headerValues, malformed, parameterValues, property, text } from "./event-shape.ts";
import { answerFor, type IamAnswer } from "./iam-answer.ts";
import { parseMethodArn, unnameable } from "./method-arn.ts";
import type { AuthorizerDependencies } from "./run-authorizer.ts";
import { UndecidedError } from "./undecided.ts";

/**
 * Where a client sends its access token when it connects. Browsers cannot set headers on a WebSocket:
 *
 * - `header`: `Authorization: Bearer TOKEN`, for all clients except browsers
 * - `subprotocol`: `new WebSocket(url, ["claimgate", TOKEN])`; the `$connect` function must answer with the header
 *   `Sec-WebSocket-Protocol: claimgate`
 * - `query`: `?access_token=TOKEN`; URLs end up in logs, so use it only if nothing else works
 */
export const TOKEN_PLACES = ["header", "subprotocol", "query"] as const;

/** Where clients of a WebSocket API put the token. */
export type TokenPlace = (typeof TOKEN_PLACES)[number];

/**
 * The agreed subprotocol; the token is the client's other one.
 *
 * @example
 * import { SUBPROTOCOL } from "claimgate/authorizers";
 *
 * // The answer of a `$connect` handler: the server accepts the subprotocol that the client offers.
 * export const connected = { statusCode: 200, headers: { "Sec-WebSocket-Protocol": SUBPROTOCOL } };
 */
export const SUBPROTOCOL = "claimgate";

/** The query parameter of a token (RFC 6750 section 2.3). */
const QUERY_PARAMETER = "access_token";

/**
 * The largest authorizer answer that a WebSocket API accepts, in bytes
 * (https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-execution-service-websocket-limits-table.html).
 */
export const MAX_ANSWER_BYTES = 8_192;

/**
 * The authorizer of a WebSocket API, which runs on `$connect` only
 * (https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-lambda-auth.html). The
 * handlers of messages decide from the context that this authorizer stores with the connection.
 *
 * For a bad token it throws `Unauthorized`, exactly this message (401 on the handshake); {@link UndecidedError} is 500.
 *
 * @example
 * import { createWebsocketAuthorizer } from "claimgate/authorizers";
 * import { authorizerDependencies } from "claimgate/lambda";
 *
 * export const handler = createWebsocketAuthorizer(authorizerDependencies(process.env), "subprotocol");
 */
export function createWebsocketAuthorizer(
  deps: AuthorizerDependencies,
  place: TokenPlace,
): (event: unknown) => Promise<IamAnswer> {
  return async (event) => {
    const outcome = await authorize(
      deps,
      "websocket",
      () => decodeConnectEvent(event, place),
      (caller) => tooLarge(caller, text(event, "methodArn")),
    );
    if (outcome.kind === "unauthenticated") throw new Error("Unauthorized");
    if (outcome.kind === "failed") throw new UndecidedError();
    return answerFor(outcome, text(event, "methodArn"));
  };
}

/** Reads the event. @throws ClaimgateError request_malformed */
export function decodeConnectEvent(event: unknown, place: TokenPlace): GatewayRequest {
  const context = property(event, "requestContext");
  if (property(event, "type") !== "REQUEST") throw malformed("type `REQUEST`");
  if (text(context, "routeKey") !== "$connect" || text(context, "eventType") !== "CONNECT") {
    throw malformed("route `$connect` and event type `CONNECT`");
  }
  const methodArn = text(event, "methodArn");
  if (parseMethodArn(methodArn)?.path !== "$connect") throw malformed("`methodArn` of `$connect`");
  return {
    requestId: text(context, "requestId"),
    token: tokenAt(event, place),
    // A handshake is a GET to the stage itself (RFC 6455 section 4.1).
    matched: { method: "GET", template: "$connect", path: "/", encoding: "encoded", parameters: {} },
    obstacle: undefined,
    unanswerable: unnameable(methodArn),
  };
}

function tokenAt(event: unknown, place: TokenPlace): () => string {
  switch (place) {
    case "header": {
      const values = headerValues(event, "authorization");
      return () => readBearerToken(values);
    }
    case "subprotocol": {
      const values = headerValues(event, "sec-websocket-protocol");
      return () => tokenOf(values.join(","));
    }
    case "query": {
      const values = parameterValues(event, QUERY_PARAMETER);
      return () => readBearerToken(values.map((value) => `Bearer ${value}`));
    }
  }
}

/** @throws ClaimgateError token_missing, token_too_large or token_malformed */
function tokenOf(protocols: string): string {
  if (protocols === "")
    throw new ClaimgateError("token_missing", "the `Sec-WebSocket-Protocol` header is missing");
  if (protocols.length > MAX_AUTHORIZATION_LENGTH) {
    const message = `the \`Sec-WebSocket-Protocol\` header is longer than ${MAX_AUTHORIZATION_LENGTH} characters`;
    throw new ClaimgateError("token_too_large", message);
  }
  const [agreed, token, ...more] = protocols.split(",").map((one) => one.trim());
  if (agreed !== SUBPROTOCOL || token === undefined || more.length > 0) {
    const message = `the \`Sec-WebSocket-Protocol\` header is not \`${SUBPROTOCOL}\` and one token`;
    throw new ClaimgateError("token_malformed", message);
  }
  return readBearerToken([`Bearer ${token}`]);
}

function tooLarge(caller: Caller, arn: string): ClaimgateError | undefined {
  const bytes = Buffer.byteLength(JSON.stringify(answerFor({ kind: "allow", caller }, arn)));
  if (bytes <= MAX_ANSWER_BYTES) return undefined;
  return new ClaimgateError(
    "answer_too_large",
    `the answer has ${bytes} bytes, but a WebSocket API accepts at most ${MAX_ANSWER_BYTES}: the caller has too many groups or roles`,
  );
}
