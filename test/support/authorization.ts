import type { AuthorizationRecord } from "../../src/authorizers/outcome.ts";
import type { AuthorizerDependencies } from "../../src/authorizers/run-authorizer.ts";
import type { Audience } from "../../src/token/audience.ts";
import { jwksCacheFrom } from "../../src/token/custom-keys.ts";
import { STOP_KEY, type StoppedPermission } from "../../src/token/emergency-stop.ts";
import { createMemoryRevocations, createRevocationCheck } from "../../src/token/revocation.ts";
import type { KeysCache } from "../../src/token/signing-keys-cache.ts";
import { createTokenVerifier, type TokenVerifier } from "../../src/token/verify.ts";
import {
  type Claims,
  createKeyPair,
  jwksOf,
  type SigningKey,
  signClaims,
} from "../../src/tools/cognito/tokens/signing.ts";
import { LOCAL } from "../../src/tools/local/identifiers.ts";
import { accessTokenClaims } from "../../src/tools/local/personas/persona-claims.ts";
import { type Personas, personaNamed, readPersonas } from "../../src/tools/local/personas/personas.ts";
import { samplePolicy } from "./policy.ts";

/** The key of the pool in tests. */
export const POOL_KEY = createKeyPair("pool-key-1");

export const PERSONAS: Personas = readPersonas("events/personas.json");

/** Logical name -> id. */
export const APP_CLIENTS: ReadonlyMap<string, string> = new Map(Object.entries(LOCAL.appClients));

/** The time of now in whole epoch seconds: aws-jwt-verify reads the real clock. */
export function nowSeconds(): number {
  return Math.floor(Date.now() / 1000);
}

/** A cache that knows these keys and never fetches anything else. */
export function keysCache(keys: readonly SigningKey[] = [POOL_KEY]): KeysCache {
  const bytes = jwksBytes(keys);
  return jwksCacheFrom(() => Promise.resolve(bytes));
}

export function jwksBytes(keys: readonly SigningKey[]): ArrayBuffer {
  return new TextEncoder().encode(JSON.stringify(jwksOf(keys))).buffer;
}

/** A verifier of the local pool, with the real clock. */
export function localVerifier(jwksCache: KeysCache = keysCache(), audience?: Audience): TokenVerifier {
  return createTokenVerifier({
    issuers: [{ userPoolId: LOCAL.userPoolId, appClients: APP_CLIENTS }],
    jwksCache,
    audience,
    now: () => Date.now() / 1000,
  });
}

/** Verifies tokens of the local pool while these permissions are stopped; undefined: by an entry that is damaged. */
export function stoppedVerifier(
  stopped: readonly StoppedPermission[] | undefined,
  verifier = localVerifier(),
): AuthorizerDependencies["verify"] {
  return createRevocationCheck({
    verify: (token) => verifier.verify(token),
    revocations: createMemoryRevocations([{ key: STOP_KEY, before: undefined, stopped }]),
    onFailure: "closed",
    unchecked: () => undefined,
  });
}

/** The claims of a good access token of a persona; `changes` replace, `undefined` removes. */
export function claimsOf(name: string, changes: Claims = {}): Claims {
  const claims = { ...accessTokenClaims(personaNamed(PERSONAS, name), nowSeconds()), ...changes };
  return Object.fromEntries(Object.entries(claims).filter(([, value]) => value !== undefined));
}

/** An access token of a persona, signed by the key of the pool or another one. */
export function tokenOf(name: string, changes: Claims = {}, key: SigningKey = POOL_KEY): string {
  return signClaims(claimsOf(name, changes), key);
}

const POLICY = samplePolicy();

/** Real dependencies over the sample policy, with what was recorded. */
export function dependencies(
  changes: Partial<AuthorizerDependencies> = {},
): AuthorizerDependencies & { readonly records: AuthorizationRecord[] } {
  const records: AuthorizationRecord[] = [];
  const verifier = localVerifier();
  return {
    verify: (token) => verifier.verify(token),
    policy: () => POLICY,
    record: (record) => {
      records.push(record);
    },
    clock: () => performance.now(),
    ...changes,
    records,
  };
}

/** An event with what its gateway says of the request. */
export interface GatewayEvent {
  readonly [name: string]: unknown;
  readonly requestContext: object;
}

/** The parts of an HTTP API authorizer event (payload 2.0) that differ between tests. */
export interface HttpEventParts {
  readonly routeKey?: string;
  readonly method?: string;
  readonly rawPath?: string;
  /** What `routeArn` has behind the method; the path unless said otherwise. */
  readonly arnPath?: string;
  readonly stage?: string;
  /** The API's own unless said otherwise; null for none. */
  readonly domainName?: string | null;
  readonly pathParameters?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
}

/** The domain that API Gateway gives the HTTP API of these events. */
export const OWN_DOMAIN = "abc123.execute-api.us-east-1.amazonaws.com";

const domainOf = (name: string | null = OWN_DOMAIN) => (name === null ? {} : { domainName: name });

/** `GET /orders` unless said otherwise. */
export function httpEvent(parts: HttpEventParts = {}): GatewayEvent {
  const routeKey = parts.routeKey ?? "GET /orders";
  const method = parts.method ?? routeKey.split(" ")[0] ?? "GET";
  const rawPath = parts.rawPath ?? "/orders";
  return {
    version: "2.0",
    type: "REQUEST",
    routeArn: `arn:aws:execute-api:us-east-1:111122223333:abc123/$default/${method}${parts.arnPath ?? rawPath}`,
    identitySource: null,
    routeKey,
    rawPath,
    rawQueryString: "",
    headers: parts.headers ?? {},
    ...(parts.pathParameters === undefined ? {} : { pathParameters: parts.pathParameters }),
    requestContext: {
      accountId: "111122223333",
      apiId: "abc123",
      http: { method, path: rawPath, protocol: "HTTP/1.1", sourceIp: "192.0.2.10", userAgent: "test" },
      ...domainOf(parts.domainName),
      requestId: "request-1",
      routeKey,
      stage: parts.stage ?? "$default",
    },
  };
}

/** The parts of a REST API authorizer event that differ between tests. */
export interface RestEventParts {
  readonly path?: string;
  readonly pathParameters?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>> | null;
  readonly multiValueHeaders?: Readonly<Record<string, readonly string[]>> | null;
  readonly methodArn?: string;
}

/** `GET /orders/{orderId}` of order-1 unless said otherwise. */
export function restEvent(parts: RestEventParts = {}): GatewayEvent {
  const path = parts.path ?? "/orders/order-1";
  return {
    type: "REQUEST",
    methodArn: parts.methodArn ?? `arn:aws:execute-api:us-east-1:111122223333:def456/dev/GET${path}`,
    resource: "/orders/{orderId}",
    path,
    httpMethod: "GET",
    headers: parts.headers === undefined ? {} : parts.headers,
    multiValueHeaders: parts.multiValueHeaders === undefined ? null : parts.multiValueHeaders,
    pathParameters: parts.pathParameters ?? { orderId: path.split("/").at(-1) ?? "" },
    requestContext: { requestId: "request-2", stage: "dev", resourcePath: "/orders/{orderId}" },
  };
}

const ARN = "arn:aws:execute-api:us-east-1:111122223333";

/** The three fields of a REST API's TOKEN authorizer; `GET /orders/{orderId}` of order-1 unless said otherwise. */
export function restTokenEvent(parts: {
  readonly token?: string | undefined;
  readonly method?: string;
  readonly path?: string;
  readonly methodArn?: string;
}): Readonly<Record<string, unknown>> {
  const { token, method = "GET", path = "/orders/order-1" } = parts;
  return {
    type: "TOKEN",
    ...(token !== undefined && { authorizationToken: token }),
    methodArn: parts.methodArn ?? `${ARN}:def456/dev/${method}${path}`,
  };
}

/** An event of an HTTP API's authorizer, payload 1.0. */
export function httpV1Event(parts: {
  readonly resource?: string;
  readonly method?: string;
  readonly path?: string;
  readonly stage?: string;
  readonly domainName?: string | null;
  readonly pathParameters?: Readonly<Record<string, string>> | null;
  readonly headers?: Readonly<Record<string, string>>;
  readonly methodArn?: string;
  /** What `methodArn` has behind the method; the path unless said otherwise. */
  readonly arnPath?: string;
}): GatewayEvent {
  const { resource = "/orders", method = "GET", path = "/orders", stage = "$default", headers = {} } = parts;
  const { arnPath = path } = parts;
  return {
    version: "1.0",
    type: "REQUEST",
    methodArn: parts.methodArn ?? `${ARN}:abc123/${stage}/${method}${arnPath}`,
    identitySource: headers["authorization"] ?? "",
    authorizationToken: headers["authorization"] ?? "",
    resource,
    path,
    httpMethod: method,
    headers,
    queryStringParameters: {},
    pathParameters: parts.pathParameters ?? null,
    stageVariables: {},
    requestContext: {
      path,
      accountId: "111122223333",
      resourceId: "05c7jb",
      stage,
      requestId: "request-3",
      resourcePath: resource,
      httpMethod: method,
      apiId: "abc123",
      ...domainOf(parts.domainName),
    },
  };
}

/** The event of a WebSocket API's `$connect`. */
export function connectEvent(parts: {
  readonly headers?: Readonly<Record<string, string>>;
  readonly multiValueHeaders?: Readonly<Record<string, readonly string[]>>;
  readonly query?: Readonly<Record<string, string>>;
  readonly methodArn?: string;
}): Readonly<Record<string, unknown>> {
  return {
    type: "REQUEST",
    methodArn: parts.methodArn ?? `${ARN}:ghi789/dev/$connect`,
    headers: parts.headers ?? {},
    multiValueHeaders: parts.multiValueHeaders ?? null,
    queryStringParameters: parts.query ?? null,
    multiValueQueryStringParameters: null,
    stageVariables: null,
    requestContext: {
      routeKey: "$connect",
      eventType: "CONNECT",
      extendedRequestId: "request-4",
      requestTime: "26/Nov/2026:10:00:00 +0000",
      messageDirection: "IN",
      stage: "dev",
      connectedAt: 1_795_687_200_000,
      requestId: "request-4",
      domainName: "ghi789.execute-api.us-east-1.amazonaws.com",
      connectionId: "Y0nnEcTiOnIdEnTiFiEr",
      apiId: "ghi789",
    },
  };
}

/** The event of an AppSync API's Lambda authorizer. */
export function appSyncEvent(token: string | undefined): Readonly<Record<string, unknown>> {
  return {
    ...(token !== undefined && { authorizationToken: token }),
    requestContext: {
      apiId: "appsyncapi",
      accountId: "111122223333",
      requestId: "request-5",
      queryString: "query { orders { id } }",
      operationName: null,
      variables: {},
    },
    requestHeaders: { host: "appsyncapi.appsync-api.us-east-1.amazonaws.com" },
  };
}
