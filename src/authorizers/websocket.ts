import { ClaimgateError } from "../errors.ts";
import { readBearerToken } from "../token/bearer.ts";
import { authorize, type GatewayRequest } from "./authorize.ts";
import type { CallerContext } from "./caller.ts";
import { headerValues, malformed, parameterValues, property, text } from "./event-shape.ts";
import { acceptedSubprotocol, tokenAmongSubprotocols } from "./handshake-subprotocols.ts";
import { answerFor, type IamAnswer } from "./iam-answer.ts";
import { parseMethodArn, unnameable } from "./method-arn.ts";
import type { Outcome } from "./outcome.ts";
import type { AuthorizerDependencies } from "./run-authorizer.ts";
import { UndecidedError } from "./undecided.ts";

/**
 * Where a client sends its access token when it connects. Browsers cannot set headers on a WebSocket:
 *
 * - `header`: `Authorization: Bearer TOKEN`, for all clients except browsers
 * - `subprotocol`: `new WebSocket(url, ["claimgate", TOKEN])`, with the client's own subprotocols in front; the
 *   `$connect` function must answer with one of them ({@link WebsocketAnswer})
 * - `query`: `?access_token=TOKEN`; URLs end up in logs, so use it only if nothing else works
 */
export const TOKEN_PLACES = ["header", "subprotocol", "query"] as const;

/** Where clients of a WebSocket API put the token. */
export type TokenPlace = (typeof TOKEN_PLACES)[number];

const SUBPROTOCOL_HEADER = "sec-websocket-protocol";

/** The query parameter of a token (RFC 6750 section 2.3). */
const QUERY_PARAMETER = "access_token";

/**
 * The largest authorizer answer that a WebSocket API accepts, in bytes
 * (https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-execution-service-websocket-limits-table.html).
 */
export const MAX_ANSWER_BYTES = 8_192;

/** The answer of a WebSocket API's authorizer. */
export interface WebsocketAnswer extends IamAnswer {
  /**
   * `subprotocol`, where the token is a subprotocol: what the `$connect` function must return as
   * `Sec-WebSocket-Protocol`, which it finds in `requestContext.authorizer`. The client's own first one, else
   * `claimgate` (https://docs.aws.amazon.com/apigateway/latest/developerguide/websocket-connect-route-subprotocol.html).
   */
  readonly context?: CallerContext & { readonly subprotocol?: string };
}

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
): (event: unknown) => Promise<WebsocketAnswer> {
  return async (event) => {
    const outcome = await authorize(
      deps,
      "websocket",
      () => decodeConnectEvent(event, place),
      (caller) => tooLarge(answerTo(event, place, { kind: "allow", caller })),
    );
    if (outcome.kind === "unauthenticated") throw new Error("Unauthorized");
    if (outcome.kind === "failed") throw new UndecidedError();
    return answerTo(event, place, outcome);
  };
}

function answerTo(
  event: unknown,
  place: TokenPlace,
  outcome: Exclude<Outcome, { kind: "failed" }>,
): WebsocketAnswer {
  const answer = answerFor(outcome, text(event, "methodArn"));
  if (answer.context === undefined || place !== "subprotocol") return answer;
  const subprotocol = acceptedSubprotocol(headerValues(event, SUBPROTOCOL_HEADER));
  return { ...answer, context: { ...answer.context, subprotocol } };
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
      const values = headerValues(event, SUBPROTOCOL_HEADER);
      return () => tokenAmongSubprotocols(values);
    }
    case "query": {
      const values = parameterValues(event, QUERY_PARAMETER);
      return () => readBearerToken(values.map((value) => `Bearer ${value}`));
    }
  }
}

function tooLarge(answer: WebsocketAnswer): ClaimgateError | undefined {
  const bytes = Buffer.byteLength(JSON.stringify(answer));
  if (bytes <= MAX_ANSWER_BYTES) return undefined;
  return new ClaimgateError(
    "answer_too_large",
    `the answer has ${bytes} bytes, but a WebSocket API accepts at most ${MAX_ANSWER_BYTES}: the caller has too many groups or roles`,
  );
}
