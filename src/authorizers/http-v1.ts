import { authorize, type GatewayRequest } from "./authorize.ts";
import type { CustomDomains } from "./custom-domains.ts";
import { malformed, property, text } from "./event-shape.ts";
import { type HttpOptions, refuseToken } from "./http-options.ts";
import { answerFor, type IamAnswer } from "./iam-answer.ts";
import { readMethodArn, unnameable } from "./method-arn.ts";
import { methodOverride } from "./method-override.ts";
import { httpV1Route } from "./request-route.ts";
import type { AuthorizerDependencies } from "./run-authorizer.ts";
import { requestToken, type TokenCookie } from "./token-cookie.ts";
import { UndecidedError } from "./undecided.ts";

/**
 * The authorizer of an HTTP API, payload format 1.0
 * (https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-lambda-authorizer.html).
 *
 * Its event looks like that of a REST API, but path and stage are those of an HTTP API. AWS does not document how HTTP
 * APIs handle a thrown `Unauthorized`, so a bad token is an explicit Deny, 403, unless {@link HttpOptions} say
 * otherwise. {@link UndecidedError} is 500.
 *
 * @example
 * import { createHttpV1Authorizer } from "claimgate/authorizers";
 * import { authorizerDependencies } from "claimgate/lambda";
 *
 * export const handler = createHttpV1Authorizer(authorizerDependencies(process.env));
 */
export function createHttpV1Authorizer(
  deps: AuthorizerDependencies,
  options: HttpOptions = {},
): (event: unknown) => Promise<IamAnswer> {
  return async (event) => {
    const outcome = await authorize(deps, "http-v1", () =>
      decodeHttpV1Event(event, deps.customDomains, options.cookie),
    );
    if (outcome.kind === "failed") throw new UndecidedError();
    if (outcome.kind === "unauthenticated") refuseToken(options);
    return answerFor(outcome, text(event, "methodArn"));
  };
}

/** Reads the event. @throws ClaimgateError request_malformed */
export function decodeHttpV1Event(
  event: unknown,
  domains?: CustomDomains,
  cookie?: TokenCookie,
): GatewayRequest {
  if (property(event, "version") !== "1.0" || property(event, "type") !== "REQUEST") {
    throw malformed("version `1.0` and type `REQUEST`");
  }
  const arn = readMethodArn(event, "methodArn");
  const matched = httpV1Route(event, domains);
  const context = property(event, "requestContext");
  text(context, "stage");
  return {
    requestId: text(context, "requestId"),
    token: requestToken(event, matched.method, cookie),
    matched,
    obstacle: methodOverride(event, matched.method),
    unanswerable: unnameable(arn.arn, arn),
  };
}
