import type { GatewayRequest } from "./authorize.ts";
import { malformed, property, text } from "./event-shape.ts";
import type { IamAnswer } from "./iam-answer.ts";
import { readMethodArn, unnameable } from "./method-arn.ts";
import { methodOverride } from "./method-override.ts";
import { restRoute } from "./request-route.ts";
import { answerRest } from "./rest-answer.ts";
import type { RestRequestOptions } from "./rest-options.ts";
import type { AuthorizerDependencies } from "./run-authorizer.ts";
import { requestToken, type TokenCookie } from "./token-cookie.ts";

/**
 * The authorizer of a REST API, type REQUEST
 * (https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-use-lambda-authorizer.html).
 *
 * @example
 * import { createRestAuthorizer } from "claimgate/authorizers";
 * import { authorizerDependencies } from "claimgate/lambda";
 *
 * export const handler = createRestAuthorizer(authorizerDependencies(process.env), { wholeApi: false });
 */
export function createRestAuthorizer(
  deps: AuthorizerDependencies,
  options: RestRequestOptions = {},
): (event: unknown) => Promise<IamAnswer> {
  return (event) =>
    answerRest(deps, options, {
      gateway: "rest-request",
      decode: () => decodeRestEvent(event, options.cookie),
      arn: () => text(event, "methodArn"),
    });
}

/** Reads the event. @throws ClaimgateError request_malformed */
export function decodeRestEvent(event: unknown, cookie?: TokenCookie): GatewayRequest {
  if (property(event, "type") !== "REQUEST") throw malformed("type `REQUEST`");
  const arn = readMethodArn(event, "methodArn");
  const matched = restRoute(event);
  return {
    requestId: text(property(event, "requestContext"), "requestId"),
    token: requestToken(event, matched.method, cookie),
    matched,
    obstacle: methodOverride(event, matched.method),
    unanswerable: unnameable(arn.arn, arn),
  };
}
