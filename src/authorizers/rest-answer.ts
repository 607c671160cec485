import { guardedRoutes } from "../policy/guarded-routes.ts";
import type { Policy } from "../policy/policy.ts";
import { resolveRoute } from "../policy/route-table.ts";
import { authorize, type GatewayRequest, isRefusal } from "./authorize.ts";
import { type AtHand, authorizeWholeApi } from "./authorize-whole-api.ts";
import { malformed } from "./event-shape.ts";
import { answerFor, answerOf, type IamAnswer, statement } from "./iam-answer.ts";
import { parseMethodArn } from "./method-arn.ts";
import type { Gateway } from "./outcome.ts";
import { type RestOptions, withUsageKey } from "./rest-options.ts";
import type { AuthorizerDependencies } from "./run-authorizer.ts";
import { UndecidedError } from "./undecided.ts";
import { wholeApiAnswer } from "./whole-api.ts";

/**
 * The answer of a REST API authorizer of either type: for the current request, or for the whole API if the stage is
 * configured so.
 *
 * For a bad token it throws `Unauthorized`, exactly this message, which the gateway answers with 401; {@link
 * UndecidedError} is 500.
 *
 * @param arn of the event; read only after `decode` accepted it
 */
export async function answerRest(
  deps: AuthorizerDependencies,
  options: RestOptions,
  request: { readonly gateway: Gateway; readonly decode: () => GatewayRequest; readonly arn: () => string },
): Promise<IamAnswer> {
  if (options.wholeApi === true) return answerWholeApi(deps, options, request);
  const outcome = await authorize(deps, request.gateway, request.decode);
  switch (outcome.kind) {
    case "allow":
      return withUsageKey(answerFor(outcome, request.arn()), outcome.caller, options);
    case "deny":
      return answerFor(outcome, request.arn());
    case "unauthenticated":
      throw new Error("Unauthorized");
    case "failed":
      throw new UndecidedError();
  }
}

async function answerWholeApi(
  deps: AuthorizerDependencies,
  options: RestOptions,
  { gateway, decode, arn }: Parameters<typeof answerRest>[2],
): Promise<IamAnswer> {
  const parsed = () => {
    const found = parseMethodArn(arn());
    // The stage is part of every resource, so it must be a single stage.
    if (found === undefined || /[*?$]/.test(found.stage)) throw malformed("`methodArn` of one stage");
    return found;
  };
  const decodeFirst = () => {
    const request = decode();
    parsed();
    return request;
  };
  const outcome = await authorizeWholeApi(deps, gateway, decodeFirst, { routes: guardedRoutes, atHand });
  switch (outcome.kind) {
    case "decided":
      return withUsageKey(wholeApiAnswer(outcome, parsed()), outcome.caller, options);
    case "deny":
      return answerOf(outcome.sub, [statement("Deny", ["*"])]);
    case "unauthenticated":
      throw new Error("Unauthorized");
    case "failed":
      throw new UndecidedError();
  }
}

/** Applies the checks of a single-request answer to the current request. */
function atHand(request: GatewayRequest, policy: Policy): AtHand {
  const { unanswerable, obstacle } = request;
  if (unanswerable !== undefined) return { kind: "refused", error: unanswerable, always: true };
  if (obstacle !== undefined) return { kind: "refused", error: obstacle, always: false };
  try {
    const { route } = resolveRoute(policy, request.matched);
    const permissions = route === undefined ? undefined : policy.routeEntries.get(route)?.permissions;
    return permissions === undefined || permissions.length === 0
      ? { kind: "of-no-route" }
      : { kind: "of-a-route" };
  } catch (error) {
    if (!isRefusal(error)) throw error;
    return { kind: "refused", error, always: false };
  }
}
