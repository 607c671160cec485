import type { LambdaAuthorizer } from "./authorizers/ask-authorizer.ts";
import type { Cors } from "./http-api/cors.ts";
import type { GatewayResponses } from "./rest-api/gateway-responses.ts";
import type { Preflight } from "./rest-api/preflight.ts";

/** Where an API is, as its ARNs and events say. */
export interface ApiPlace {
  readonly region: string;
  readonly accountId: string;
  readonly apiId: string;
  readonly stage: string;
}

/** What stands in front of a route. */
export type Guard =
  | { readonly kind: "open" }
  | { readonly kind: "lambda"; readonly authorizer: LambdaAuthorizer }
  /** Refused: what is not simulated, e.g. ``authorizers of type `JWT` ``. */
  | { readonly kind: "not-simulated"; readonly what: string };

/** A route of an HTTP API. */
export interface HttpRoute {
  /** `GET /orders/{orderId}`, `ANY /files/{proxy+}`, `$default` */
  readonly key: string;
  readonly method: string;
  readonly template: string;
  readonly guard: Guard;
  /** The payload format of the authorizer's event. */
  readonly authorizerPayload: "1.0" | "2.0";
  /** Undefined if what is behind the route is not a function of this template. */
  readonly functionName: string | undefined;
  /** The payload format of the function's event. */
  readonly payload: "1.0" | "2.0";
}

export interface HttpApi extends ApiPlace {
  readonly routes: readonly HttpRoute[];
  readonly cors: Cors | undefined;
}

/** A method of a REST API. */
export interface RestMethod {
  readonly method: string;
  readonly template: string;
  readonly guard: Guard;
  /** The expression that the token has to match, of an authorizer of type TOKEN. */
  readonly tokenExpression: RegExp | undefined;
  readonly authorizerType: "TOKEN" | "REQUEST";
  readonly functionName: string | undefined;
  /** The answer of a mock integration: a preflight. */
  readonly preflight: Preflight | undefined;
}

export interface RestApi extends ApiPlace {
  readonly methods: readonly RestMethod[];
  /** Content types that are bytes, with wildcards; all others are text. */
  readonly binaryMediaTypes: readonly string[];
  readonly responses: GatewayResponses;
}

/** The APIs of a template. */
export interface Apis {
  readonly http: HttpApi | undefined;
  readonly rest: RestApi | undefined;
}
