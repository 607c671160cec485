import { type AppSyncAnswer, createAppSyncAuthorizer } from "../authorizers/appsync.ts";
import { createHttpAuthorizer, type HttpAnswer } from "../authorizers/http.ts";
import { createHttpPolicyAuthorizer } from "../authorizers/http-policy.ts";
import { createHttpV1Authorizer } from "../authorizers/http-v1.ts";
import type { IamAnswer } from "../authorizers/iam-answer.ts";
import { createRestAuthorizer } from "../authorizers/rest-request.ts";
import { createRestTokenAuthorizer } from "../authorizers/rest-token.ts";
import type { AuthorizerDependencies } from "../authorizers/run-authorizer.ts";
import { createWebsocketAuthorizer, type WebsocketAnswer } from "../authorizers/websocket.ts";
import type { Policy } from "../policy/policy.ts";
import { authorizerDependencies } from "./authorizer-dependencies.ts";
import type { Environment } from "./environment.ts";
import {
  appSyncOptions,
  httpOptions,
  restOptions,
  restRequestOptions,
  tokenPlace,
} from "./gateway-options.ts";

/** What an authorizer does not take from its own process. */
export interface AuthorizerOptions {
  /** Read instead of `process.env`. */
  readonly environment?: Environment | undefined;
  /** The policy, for a bundle that no plugin put one into. */
  readonly policy?: Policy | undefined;
  /**
   * A candidate that also decides each request, after the answer and without effect, and logs where it differs
   * (docs/changing-a-policy.md). By default the one that packaging put into the bundle, if any.
   */
  readonly shadowPolicy?: Policy | undefined;
}

/**
 * The authorizer of an HTTP API: payload format 2.0, simple responses. Also reads CLAIMGATE_THROW_UNAUTHORIZED,
 * CLAIMGATE_TOKEN_COOKIE and CLAIMGATE_COOKIE_ORIGINS.
 *
 * Call it once, when the module loads. It reads the environment (docs/authorizers.md has the variables), starts
 * fetching the keys of the pools and writes the decision log to standard output.
 *
 * @throws ConfigurationError naming the variable that is wrong, or that there is no policy: the function does not start
 * @example
 * import { httpAuthorizer } from "claimgate/lambda";
 *
 * export const handler = httpAuthorizer();
 */
export function httpAuthorizer(options: AuthorizerOptions = {}): (event: unknown) => Promise<HttpAnswer> {
  return createHttpAuthorizer(dependencies(options), httpOptions(environmentOf(options)));
}

/**
 * The authorizer of an HTTP API: payload format 2.0, IAM policy. For an API whose answers carry a policy document. Also
 * reads CLAIMGATE_THROW_UNAUTHORIZED, CLAIMGATE_TOKEN_COOKIE and CLAIMGATE_COOKIE_ORIGINS.
 *
 * @throws ConfigurationError as {@link httpAuthorizer}
 * @example
 * import { httpPolicyAuthorizer } from "claimgate/lambda";
 *
 * export const handler = httpPolicyAuthorizer();
 */
export function httpPolicyAuthorizer(
  options: AuthorizerOptions = {},
): (event: unknown) => Promise<IamAnswer> {
  return createHttpPolicyAuthorizer(dependencies(options), httpOptions(environmentOf(options)));
}

/**
 * The authorizer of an HTTP API: payload format 1.0. Also reads CLAIMGATE_THROW_UNAUTHORIZED, CLAIMGATE_TOKEN_COOKIE
 * and CLAIMGATE_COOKIE_ORIGINS.
 *
 * @throws ConfigurationError as {@link httpAuthorizer}
 * @example
 * import { httpV1Authorizer } from "claimgate/lambda";
 *
 * export const handler = httpV1Authorizer();
 */
export function httpV1Authorizer(options: AuthorizerOptions = {}): (event: unknown) => Promise<IamAnswer> {
  return createHttpV1Authorizer(dependencies(options), httpOptions(environmentOf(options)));
}

/**
 * The authorizer of a REST API: type REQUEST. Also reads CLAIMGATE_WHOLE_API_ANSWER, CLAIMGATE_USAGE_KEYS,
 * CLAIMGATE_TOKEN_COOKIE and CLAIMGATE_COOKIE_ORIGINS.
 *
 * @throws ConfigurationError as {@link httpAuthorizer}
 * @example
 * import { restAuthorizer } from "claimgate/lambda";
 *
 * export const handler = restAuthorizer();
 */
export function restAuthorizer(options: AuthorizerOptions = {}): (event: unknown) => Promise<IamAnswer> {
  return createRestAuthorizer(dependencies(options), restRequestOptions(environmentOf(options)));
}

/**
 * The authorizer of a REST API: type TOKEN. Also reads CLAIMGATE_WHOLE_API_ANSWER and CLAIMGATE_USAGE_KEYS.
 *
 * @throws ConfigurationError as {@link httpAuthorizer}
 * @example
 * import { restTokenAuthorizer } from "claimgate/lambda";
 *
 * export const handler = restTokenAuthorizer();
 */
export function restTokenAuthorizer(options: AuthorizerOptions = {}): (event: unknown) => Promise<IamAnswer> {
  return createRestTokenAuthorizer(dependencies(options), restOptions(environmentOf(options)));
}

/**
 * The authorizer of a WebSocket API, called on `$connect`. Also reads CLAIMGATE_TOKEN_PLACE.
 *
 * @throws ConfigurationError as {@link httpAuthorizer}
 * @example
 * import { websocketAuthorizer } from "claimgate/lambda";
 *
 * export const handler = websocketAuthorizer();
 */
export function websocketAuthorizer(
  options: AuthorizerOptions = {},
): (event: unknown) => Promise<WebsocketAnswer> {
  return createWebsocketAuthorizer(dependencies(options), tokenPlace(environmentOf(options)));
}

/**
 * The authorizer of an AppSync GraphQL API. Also reads CLAIMGATE_APPSYNC_TTL, in seconds, and
 * CLAIMGATE_APPSYNC_SCHEME.
 *
 * @throws ConfigurationError as {@link httpAuthorizer}
 * @example
 * import { appSyncAuthorizer } from "claimgate/lambda";
 *
 * export const handler = appSyncAuthorizer();
 */
export function appSyncAuthorizer(
  options: AuthorizerOptions = {},
): (event: unknown) => Promise<AppSyncAnswer> {
  return createAppSyncAuthorizer(dependencies(options), appSyncOptions(environmentOf(options)));
}

function dependencies(options: AuthorizerOptions): AuthorizerDependencies {
  const { policy, shadowPolicy } = options;
  return authorizerDependencies(
    environmentOf(options),
    policy && (() => policy),
    shadowPolicy && (() => shadowPolicy),
  );
}

function environmentOf({ environment = process.env }: AuthorizerOptions): Environment {
  return environment;
}
