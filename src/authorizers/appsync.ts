import { ClaimgateError } from "../errors.ts";
import { isFieldRoute } from "../policy/route.ts";
import { readBearerToken } from "../token/bearer.ts";
import { authorizeWholeApi } from "./authorize-whole-api.ts";
import { type CallerContext, encodeCaller } from "./caller.ts";
import { property, text } from "./event-shape.ts";
import type { AuthorizerDependencies, TokenRequest } from "./run-authorizer.ts";
import { UndecidedError } from "./undecided.ts";

/**
 * The answer of an AppSync authorizer
 * (https://docs.aws.amazon.com/appsync/latest/APIReference/API_LambdaAuthorizerConfig.html).
 */
export type AppSyncAnswer =
  | {
      readonly isAuthorized: true;
      readonly resolverContext: CallerContext;
      /** `Mutation.deleteOrder`: AppSync answers null and an error for each, whatever else the operation asks for. */
      readonly deniedFields: readonly string[];
      /** Seconds; 0 keeps nothing. */
      readonly ttlOverride: number;
    }
  | { readonly isAuthorized: false; readonly ttlOverride: 0 };

export interface AppSyncOptions {
  /** The longest that AppSync may keep an answer, in seconds; 0 to 3,600. */
  readonly ttl: number;
  /** Epoch seconds. */
  readonly now: () => number;
}

/** The longest token that AppSync takes, in characters (the same page). */
export const MAX_APPSYNC_TOKEN = 2_048;

/**
 * The Lambda authorizer of an AppSync GraphQL API.
 *
 * AppSync may keep the answer for the token and use it for another operation, so it is computed over all root fields
 * that the policy declares (`Query.orders`), never over those of the operation at hand. A field that is not declared is
 * not denied: the lint rule `graphql-field-undeclared` compares with the schema. A kept answer ends with the token.
 *
 * A bad token is `isAuthorized: false`; {@link UndecidedError} is thrown where nothing could be decided.
 */
export function createAppSyncAuthorizer(
  deps: AuthorizerDependencies,
  options: AppSyncOptions,
): (event: unknown) => Promise<AppSyncAnswer> {
  return async (event) => {
    const outcome = await authorizeWholeApi(deps, "appsync", () => decodeAppSyncEvent(event), {
      routes: ({ routes }) => [...routes.names].filter(isFieldRoute).sort(),
    });
    if (outcome.kind === "failed") throw new UndecidedError();
    if (outcome.kind !== "decided") return { isAuthorized: false, ttlOverride: 0 };
    const { caller, routes } = outcome;
    const deniedFields = routes.filter(({ effect }) => effect === "deny").map(({ route }) => route);
    const mayNothing = deniedFields.length === routes.length && caller.mode !== "report-only";
    if (mayNothing) return { isAuthorized: false, ttlOverride: 0 };
    const left = Math.floor(caller.expiresAt - options.now());
    const ttlOverride = Math.max(0, Math.min(options.ttl, left));
    return { isAuthorized: true, resolverContext: encodeCaller(caller), deniedFields, ttlOverride };
  };
}

/** Reads the event. @throws ClaimgateError request_malformed */
export function decodeAppSyncEvent(event: unknown): TokenRequest {
  const authorization = property(event, "authorizationToken");
  const context = property(event, "requestContext");
  text(context, "apiId");
  return {
    requestId: text(context, "requestId"),
    token: () => tokenOf(authorization),
    matched: undefined,
  };
}

/** AppSync hands the header on as it is: with `Bearer`, as other gateways want it, or the token alone. */
function tokenOf(authorization: unknown): string {
  if (typeof authorization !== "string" || authorization === "") {
    throw new ClaimgateError("token_missing", "no authorization token");
  }
  const value = /\s/.test(authorization) ? authorization : `Bearer ${authorization}`;
  const token = readBearerToken([value]);
  if (token.length > MAX_APPSYNC_TOKEN) {
    const message = `the token is longer than the ${MAX_APPSYNC_TOKEN} characters that AppSync takes`;
    throw new ClaimgateError("token_too_large", message);
  }
  return token;
}
