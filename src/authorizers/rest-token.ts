import { ClaimgateError } from "../errors.ts";
import { readBearerToken } from "../token/bearer.ts";
import type { GatewayRequest } from "./authorize.ts";
import { malformed, property, text } from "./event-shape.ts";
import type { IamAnswer } from "./iam-answer.ts";
import { readMethodArn, unnameable } from "./method-arn.ts";
import { answerRest } from "./rest-answer.ts";
import type { RestOptions } from "./rest-options.ts";
import type { AuthorizerDependencies } from "./run-authorizer.ts";

/**
 * The authorizer of a REST API, type TOKEN
 * (https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-lambda-authorizer-input.html).
 *
 * Its event has three fields: no route, no headers, no request id. The concrete path of the ARN is resolved against all
 * path routes of the policy, so the policy must not have routes of another API that match paths of this one (lint rule
 * `token-authorizer-foreign-route`). Prefer REQUEST for a new API: its event has the route.
 *
 * @example
 * import { createRestTokenAuthorizer } from "claimgate/authorizers";
 * import { authorizerDependencies } from "claimgate/lambda";
 *
 * export const handler = createRestTokenAuthorizer(authorizerDependencies(process.env), { wholeApi: false });
 */
export function createRestTokenAuthorizer(
  deps: AuthorizerDependencies,
  options: RestOptions = {},
): (event: unknown) => Promise<IamAnswer> {
  return (event) =>
    answerRest(deps, options, {
      gateway: "rest-token",
      decode: () => decodeRestTokenEvent(event),
      arn: () => text(event, "methodArn"),
    });
}

// RFC 3986 section 2.3: an escaped letter, digit or one of `- . _ ~` equals the character itself, so two readers of
// `/orders/%65xport` may find different routes.
const ESCAPED_UNRESERVED = /%(2[DEde]|3[0-9]|4[1-9A-Fa-f]|5[0-9AFaf]|6[1-9A-Fa-f]|7[0-9AEae])/;

/** Reads the event. @throws ClaimgateError request_malformed */
export function decodeRestTokenEvent(event: unknown): GatewayRequest {
  if (property(event, "type") !== "TOKEN") throw malformed("type `TOKEN`");
  const { arn, stage, method, path } = readMethodArn(event, "methodArn");
  const authorization = property(event, "authorizationToken");
  return {
    requestId: undefined,
    token: () => readBearerToken(typeof authorization === "string" ? [authorization] : []),
    matched: { method, template: undefined, path, encoding: "encoded", parameters: {} },
    obstacle: ESCAPED_UNRESERVED.test(path)
      ? new ClaimgateError("request_not_canonical", "the path escapes a character that needs no escape")
      : undefined,
    unanswerable: unnameable(arn, { stage, path }),
  };
}
