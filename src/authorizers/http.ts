import { authorize } from "./authorize.ts";
import { type CallerContext, encodeCaller } from "./caller.ts";
import { decodeHttpEvent } from "./http-event.ts";
import { type HttpOptions, refuseToken } from "./http-options.ts";
import type { AuthorizerDependencies } from "./run-authorizer.ts";
import { UndecidedError } from "./undecided.ts";

/** The simple response of an HTTP API authorizer, payload format 2.0. */
export type HttpAnswer =
  | { readonly isAuthorized: true; readonly context: CallerContext }
  | { readonly isAuthorized: false };

/**
 * The authorizer of an HTTP API (payload format 2.0, simple responses;
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-lambda-authorizer.html).
 *
 * A simple response cannot express 401, so a bad token is answered with 403, like a denied request, unless {@link
 * HttpOptions} say otherwise. The handler throws {@link UndecidedError} (500) if no decision was possible.
 *
 * @example
 * import { createHttpAuthorizer } from "claimgate/authorizers";
 * import { authorizerDependencies } from "claimgate/lambda";
 *
 * export const handler = createHttpAuthorizer(authorizerDependencies(process.env));
 */
export function createHttpAuthorizer(
  deps: AuthorizerDependencies,
  options: HttpOptions = {},
): (event: unknown) => Promise<HttpAnswer> {
  return async (event) => {
    const outcome = await authorize(deps, "http", () =>
      decodeHttpEvent(event, deps.customDomains, options.cookie),
    );
    switch (outcome.kind) {
      case "allow":
        return { isAuthorized: true, context: encodeCaller(outcome.caller) };
      case "unauthenticated":
        refuseToken(options);
        return { isAuthorized: false };
      case "deny":
        return { isAuthorized: false };
      case "failed":
        throw new UndecidedError();
    }
  };
}
