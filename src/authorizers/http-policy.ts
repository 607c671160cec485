import { authorize } from "./authorize.ts";
import { text } from "./event-shape.ts";
import { decodeHttpEvent } from "./http-event.ts";
import { type HttpOptions, refuseToken } from "./http-options.ts";
import { answerFor, type IamAnswer } from "./iam-answer.ts";
import { readMethodArn, unnameable } from "./method-arn.ts";
import type { AuthorizerDependencies } from "./run-authorizer.ts";
import { UndecidedError } from "./undecided.ts";

/**
 * The authorizer of an HTTP API (payload format 2.0) that answers with an IAM policy for exactly this request
 * (https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-lambda-authorizer.html).
 *
 * AWS does not document how HTTP APIs handle a thrown `Unauthorized`, so a bad token is an explicit Deny, 403, unless
 * {@link HttpOptions} say otherwise. {@link UndecidedError} is 500.
 *
 * @example
 * import { createHttpPolicyAuthorizer } from "claimgate/authorizers";
 * import { authorizerDependencies } from "claimgate/lambda";
 *
 * export const handler = createHttpPolicyAuthorizer(authorizerDependencies(process.env));
 */
export function createHttpPolicyAuthorizer(
  deps: AuthorizerDependencies,
  options: HttpOptions = {},
): (event: unknown) => Promise<IamAnswer> {
  return async (event) => {
    const outcome = await authorize(deps, "http-policy", () => {
      const { arn } = readMethodArn(event, "routeArn");
      return { ...decodeHttpEvent(event, deps.customDomains, options.cookie), unanswerable: unnameable(arn) };
    });
    if (outcome.kind === "failed") throw new UndecidedError();
    if (outcome.kind === "unauthenticated") refuseToken(options);
    return answerFor(outcome, text(event, "routeArn"));
  };
}
