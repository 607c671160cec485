import { ClaimgateError } from "../errors.ts";
import { isNamed } from "../policy/ascii.ts";
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
      /** E.g. `Mutation.deleteOrder`: for each, AppSync answers null and an error. */
      readonly deniedFields: readonly string[];
      /** Seconds that AppSync caches the answer; 0 disables the cache. */
      readonly ttlOverride: number;
    }
  | { readonly isAuthorized: false; readonly ttlOverride: 0 };

/** How long AppSync may cache an answer, and how clients send the token. */
export interface AppSyncOptions {
  /** The longest time that AppSync may cache an answer, in seconds; 0 to 3,600. */
  readonly ttl: number;
  /** Epoch seconds. */
  readonly now: () => number;
  /**
   * The only scheme in front of the token, e.g. `Token`. An API that also has a Cognito or OIDC mode decides a bare
   * token, and one with `Bearer`, by that mode and never calls the authorizer
   * (https://docs.aws.amazon.com/appsync/latest/devguide/security-authz.html). Undefined: the token alone, or after
   * `Bearer`.
   */
  readonly scheme?: string | undefined;
}

/** The longest token that AppSync accepts, in characters (the same page). */
export const MAX_APPSYNC_TOKEN = 2_048;

/**
 * The Lambda authorizer of an AppSync GraphQL API.
 *
 * AppSync may cache the answer by token and reuse it for another operation, so the answer covers all root fields that
 * the policy declares (`Query.orders`), not those of this operation. Undeclared fields are not denied: the lint rule
 * `graphql-field-undeclared` compares the policy with the schema. A cached answer expires with the token. If the policy
 * compares ages of sign-ins (`max_age`), or anything is stopped, no answer is cached.
 *
 * A bad token is `isAuthorized: false`; throws {@link UndecidedError} if no decision was possible.
 *
 * @example
 * import { createAppSyncAuthorizer } from "claimgate/authorizers";
 * import { authorizerDependencies } from "claimgate/lambda";
 *
 * const options = { ttl: 300, now: () => Date.now() / 1000 };
 * export const handler = createAppSyncAuthorizer(authorizerDependencies(process.env), options);
 */
export function createAppSyncAuthorizer(
  deps: AuthorizerDependencies,
  options: AppSyncOptions,
): (event: unknown) => Promise<AppSyncAnswer> {
  return async (event) => {
    const outcome = await authorizeWholeApi(
      deps,
      "appsync",
      () => decodeAppSyncEvent(event, options.scheme),
      {
        routes: ({ routes }) => [...routes.names].filter(isFieldRoute).sort(),
        isKept: false,
      },
    );
    if (outcome.kind === "failed") throw new UndecidedError();
    if (outcome.kind !== "decided") return { isAuthorized: false, ttlOverride: 0 };
    const { caller, routes, dependsOnAge, stops } = outcome;
    const deniedFields = routes.filter(({ effect }) => effect === "deny").map(({ route }) => route);
    const mayNothing = deniedFields.length === routes.length && caller.mode !== "report-only";
    if (mayNothing || stops === "everything") return { isAuthorized: false, ttlOverride: 0 };
    const left = Math.floor(caller.expiresAt - options.now());
    const isKept = !dependsOnAge && stops === "nothing";
    const ttlOverride = !isKept ? 0 : Math.max(0, Math.min(options.ttl, left));
    return { isAuthorized: true, resolverContext: encodeCaller(caller), deniedFields, ttlOverride };
  };
}

/** Reads the event. @throws ClaimgateError request_malformed */
function decodeAppSyncEvent(event: unknown, scheme: string | undefined): TokenRequest {
  const authorization = property(event, "authorizationToken");
  const context = property(event, "requestContext");
  text(context, "apiId");
  return {
    requestId: text(context, "requestId"),
    token: () => tokenOf(authorization, scheme),
    matched: undefined,
  };
}

function tokenOf(authorization: unknown, scheme: string | undefined): string {
  if (typeof authorization !== "string" || authorization === "") {
    throw new ClaimgateError("token_missing", "the authorization token is missing");
  }
  const credentials = scheme === undefined ? authorization : afterScheme(authorization, scheme);
  // AppSync passes on the header unchanged: with `Bearer`, as other gateways expect it, or the token alone.
  const isBare = scheme !== undefined || !/\s/.test(credentials);
  const token = readBearerToken([isBare ? `Bearer ${credentials}` : credentials]);
  if (token.length > MAX_APPSYNC_TOKEN) {
    const message = `the token is longer than ${MAX_APPSYNC_TOKEN} characters, the maximum of AppSync`;
    throw new ClaimgateError("token_too_large", message);
  }
  return token;
}

/** Schemes ignore case (RFC 9110 section 11.1). @throws ClaimgateError token_malformed */
function afterScheme(authorization: string, scheme: string): string {
  const end = scheme.length + 1;
  if (isNamed(authorization.slice(0, end), `${scheme.toLowerCase()} `)) return authorization.slice(end);
  const message = `the authorization token is not \`${scheme}\` and one token`;
  throw new ClaimgateError("token_malformed", message);
}
