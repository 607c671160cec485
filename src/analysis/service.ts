/** What serverless.yml deploys, as far as the policy speaks of it. Facts only; rules judge. */
export interface Service {
  /** The file that findings name: `serverless.yml`. */
  readonly file: string;
  readonly routes: readonly ServiceRoute[];
  readonly authorizers: readonly ServiceAuthorizer[];
  /** Names of the groups that the stack creates; undefined where the pool is not of this stack. */
  readonly groups: readonly string[] | undefined;
  readonly clients: readonly ServiceClient[];
  /** `identifier/scope` of every resource server. */
  readonly scopes: readonly string[];
  /** Claim -> user attribute, as pre-token-generation copies them into the access token. */
  readonly copiedClaims: ReadonlyMap<string, string>;
}

export type GatewayKind = "http" | "rest" | "websocket";

/** A route that an event of a function deploys. */
export interface ServiceRoute {
  readonly gateway: GatewayKind;
  /** As the policy spells it: `GET /orders/{orderId}`, `$default`, `$connect`. */
  readonly route: string;
  /** The function behind it. */
  readonly functionName: string;
  /** What stands before it; undefined where nothing does. */
  readonly authorizer: RouteAuthorizer | undefined;
  /** Counted from 1; 1 where the place could not be found in the file's text. */
  readonly line: number;
}

export type RouteAuthorizer =
  /** Of `provider.httpApi.authorizers`, or an authorizer function of a REST or WebSocket event. */
  | { readonly kind: "lambda"; readonly name: string }
  /** JWT authorizer of an HTTP API, COGNITO_USER_POOLS of a REST API: no Lambda, accepts ID tokens. */
  | { readonly kind: "native"; readonly name: string; readonly scopes: readonly string[] }
  /** IAM, or an authorizer that another stack owns. */
  | { readonly kind: "other"; readonly name: string };

/** The settings of an authorizer, as one event or the provider gives them. */
export interface ServiceAuthorizer {
  readonly gateway: GatewayKind;
  readonly name: string;
  /** `request`, `token`, `jwt`, `cognito_user_pools`, ... as the framework takes it. */
  readonly type: string;
  /** Written as a plain string in the event, which leaves caching to AWS's default. */
  readonly stringForm: boolean;
  /** Seconds; undefined where it is left to AWS's default. */
  readonly resultTtl: number | undefined;
  /** As configured, e.g. `method.request.header.Authorization`, `$request.header.Authorization`. */
  readonly identitySources: readonly string[];
  readonly simpleResponses: boolean | undefined;
  readonly payloadVersion: string | undefined;
  readonly line: number;
}

/** An app client of the stack. */
export interface ServiceClient {
  /** Logical name, as `CLAIMGATE_APP_CLIENTS` of the authorizers gives it. */
  readonly name: string;
  /** User attributes that its users may write; undefined is all of them. */
  readonly writeAttributes: readonly string[] | undefined;
  readonly scopes: readonly string[];
}
