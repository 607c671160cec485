import { createAppSyncAuthorizer } from "../../src/authorizers/appsync.ts";
import { createHttpV1Authorizer } from "../../src/authorizers/http-api-v1.ts";
import { createHttpAuthorizer } from "../../src/authorizers/http-api-v2.ts";
import { createHttpPolicyAuthorizer } from "../../src/authorizers/http-api-v2-policy.ts";
import type { IamAnswer } from "../../src/authorizers/iam-answer.ts";
import type { Gateway } from "../../src/authorizers/outcome.ts";
import { createRestAuthorizer } from "../../src/authorizers/rest-request.ts";
import { createRestTokenAuthorizer } from "../../src/authorizers/rest-token.ts";
import type { AuthorizerDependencies } from "../../src/authorizers/run-authorizer.ts";
import { UndecidedError } from "../../src/authorizers/undecided.ts";
import { createWebsocketAuthorizer } from "../../src/authorizers/websocket.ts";
import {
  appSyncEvent,
  connectEvent,
  type GatewayEvent,
  httpEvent,
  httpV1Event,
  nowSeconds,
  restEvent,
  restTokenEvent,
} from "./authorization.ts";

/** What came back: a simple response and an IAM policy told alike. */
export type Answer = "allowed" | "denied" | "unauthenticated" | "error";

/** A request as a client sends it, whichever gateway takes it. */
export interface Attempt {
  /** The values of all `Authorization` headers. */
  readonly authorization: readonly string[];
  /** What the gateway matched; `GET /orders/{orderId}` unless said otherwise. */
  readonly route?: string;
  /** The request's own method, where it is not the route's. */
  readonly method?: string;
  /** As it comes over the wire, percent-encoded. */
  readonly path?: string;
  /** As it comes over the wire; a gateway that decodes the path decodes these too. */
  readonly parameters?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  /** Of an HTTP API: `$default` unless said otherwise. */
  readonly stage?: string;
  /** Of an HTTP API: its own unless said otherwise. */
  readonly domainName?: string | null;
  /** Of an HTTP API: what its ARN has behind the method; the path unless said otherwise. */
  readonly arnPath?: string;
}

/** A gateway with its authorizer. */
export interface GatewayUnderTest {
  readonly name: Gateway;
  /** Whether it can say 401. */
  readonly says401: boolean;
  /** Whether requests have a method, a path and headers, or are about one route or all fields. */
  readonly hasPaths: boolean;
  readonly hasHeaders: boolean;
  /** What a backend behind it gets, apart from what the authorizer said; undefined where it has no path. */
  readonly backendEvent?: (attempt: Attempt) => GatewayEvent;
  readonly ask: (deps: AuthorizerDependencies, attempt: Attempt) => Promise<Answer>;
}

const DEFAULT_ROUTE = "GET /orders/{orderId}";
const DEFAULT_PATH = "/orders/order-1";

/** The attempt in the words of an event. */
function partsOf({ route = DEFAULT_ROUTE, method, path = DEFAULT_PATH, parameters, headers = {} }: Attempt) {
  const [routeMethod = "", template = ""] = route === "$default" ? ["ANY", "$default"] : route.split(" ");
  const own = method ?? (routeMethod === "ANY" ? "GET" : routeMethod);
  const named = parameters ?? (route === DEFAULT_ROUTE ? { orderId: path.split("/").at(-1) ?? "" } : {});
  return { routeMethod, template, method: own, path, parameters: named, headers };
}

/** HTTP APIs decode what they tell; what does not decode stays as it is. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

const decodedAll = (parameters: Readonly<Record<string, string>>) =>
  Object.fromEntries(Object.entries(parameters).map(([name, value]) => [name, decoded(value)]));

const byPolicy = ({ policyDocument }: IamAnswer): Answer =>
  policyDocument.Statement.some(({ Effect }) => Effect === "Allow") ? "allowed" : "denied";

const byFlag = ({ isAuthorized }: { readonly isAuthorized: boolean }): Answer =>
  isAuthorized ? "allowed" : "denied";

async function answerOf<A>(asked: Promise<A>, read: (answer: A) => Answer): Promise<Answer> {
  try {
    return read(await asked);
  } catch (error) {
    if (error instanceof UndecidedError) return "error";
    if (error instanceof Error && error.message === "Unauthorized") return "unauthenticated";
    throw error;
  }
}

/** Every gateway that claimgate stands before. */
export const GATEWAYS_UNDER_TEST: readonly GatewayUnderTest[] = [
  {
    name: "http-api-v2",
    says401: false,
    hasPaths: true,
    hasHeaders: true,
    backendEvent: httpV2,
    ask: (deps, attempt) => answerOf(createHttpAuthorizer(deps)(httpV2(attempt)), byFlag),
  },
  {
    name: "rest-request",
    says401: true,
    hasPaths: true,
    hasHeaders: true,
    backendEvent: rest,
    ask: (deps, attempt) => answerOf(createRestAuthorizer(deps)(rest(attempt)), byPolicy),
  },
  {
    name: "rest-token",
    says401: true,
    hasPaths: true,
    hasHeaders: false,
    ask: (deps, attempt) => {
      const { method, path } = partsOf(attempt);
      const token = attempt.authorization.length === 0 ? undefined : attempt.authorization.join(",");
      return answerOf(createRestTokenAuthorizer(deps)(restTokenEvent({ token, method, path })), byPolicy);
    },
  },
  {
    name: "http-api-v1",
    says401: false,
    hasPaths: true,
    hasHeaders: true,
    backendEvent: httpV1,
    ask: (deps, attempt) => answerOf(createHttpV1Authorizer(deps)(httpV1(attempt)), byPolicy),
  },
  {
    name: "http-api-v2-policy",
    says401: false,
    hasPaths: true,
    hasHeaders: true,
    backendEvent: httpV2,
    ask: (deps, attempt) => answerOf(createHttpPolicyAuthorizer(deps)(httpV2(attempt)), byPolicy),
  },
  {
    name: "websocket",
    says401: true,
    hasPaths: false,
    hasHeaders: true,
    ask: (deps, attempt) => {
      const event = connectEvent({ multiValueHeaders: { Authorization: attempt.authorization } });
      return answerOf(createWebsocketAuthorizer(deps, "header")(event), byPolicy);
    },
  },
  {
    name: "appsync",
    says401: false,
    hasPaths: false,
    hasHeaders: false,
    ask: (deps, attempt) => {
      const token = attempt.authorization.length === 0 ? undefined : attempt.authorization.join(",");
      const authorizer = createAppSyncAuthorizer(deps, { ttl: 0, now: nowSeconds });
      return answerOf(authorizer(appSyncEvent(token)), byFlag);
    },
  },
];

function httpV2(attempt: Attempt): GatewayEvent {
  const { routeMethod, template, method, path, parameters, headers } = partsOf(attempt);
  return httpEvent({
    routeKey: template === "$default" ? template : `${routeMethod} ${template}`,
    method,
    rawPath: decoded(path),
    pathParameters: decodedAll(parameters),
    headers: { ...headers, ...joined(attempt) },
    ...placeOf(attempt),
    ...(attempt.arnPath !== undefined && { arnPath: attempt.arnPath }),
  });
}

function httpV1(attempt: Attempt): GatewayEvent {
  const { template, method, path, parameters, headers } = partsOf(attempt);
  return httpV1Event({
    resource: template,
    method,
    path: decoded(path),
    pathParameters: decodedAll(parameters),
    headers: { ...headers, ...joined(attempt) },
    ...placeOf(attempt),
    ...(attempt.arnPath !== undefined && { arnPath: attempt.arnPath }),
  });
}

function rest(attempt: Attempt): GatewayEvent {
  const { template, method, path, parameters, headers } = partsOf(attempt);
  return {
    ...restEvent({
      path,
      pathParameters: parameters,
      headers,
      multiValueHeaders: { Authorization: attempt.authorization, ...listed(headers) },
      methodArn: `arn:aws:execute-api:us-east-1:111122223333:def456/dev/${method}${path}`,
    }),
    resource: template,
    httpMethod: method,
  };
}

function placeOf({ stage, domainName }: Attempt) {
  return { ...(stage !== undefined && { stage }), ...(domainName !== undefined && { domainName }) };
}

/** HTTP APIs join repeated headers by a comma. */
function joined({ authorization }: Attempt): Readonly<Record<string, string>> {
  return authorization.length === 0 ? {} : { authorization: authorization.join(",") };
}

function listed(headers: Readonly<Record<string, string>>): Readonly<Record<string, readonly string[]>> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value]]));
}
