import type { DirectoryProviders } from "../../triggers/directory-providers.ts";
import type { At } from "../text/place.ts";

/** What serverless.yml deploys, as far as the policy covers it. Facts only; rules judge. */
export interface Service {
  /** The file that findings name: `serverless.yml`. */
  readonly file: string;
  readonly routes: readonly ServiceRoute[];
  /**
   * Whether only `routes` can reach the policy: false if there are none (an authorizer that other stacks use), if an
   * API is of another stack, or if routes are written as CloudFormation resources.
   */
  readonly routesComplete: boolean;
  /** Lambda authorizers that decide by the policy; one entry for each event that has settings of its own. */
  readonly authorizers: readonly ServiceAuthorizer[];
  /** What preflights of the HTTP API allow; undefined if the API answers none. */
  readonly httpCors?: ServiceCors | undefined;
  /** The groups that the stack creates; undefined if the pool is not of this stack or a name is not known. */
  readonly groups: readonly ServiceGroup[] | undefined;
  /** Every app client of the stack, including those that the authorizers do not accept. */
  readonly clients: readonly ServiceClient[];
  /** The logical names in `CLAIMGATE_APP_CLIENTS`; undefined where that cannot be read before deployment. */
  readonly clientNames: readonly string[] | undefined;
  /** The pool aliases, the stage's own first; empty if there is one pool without an alias. */
  readonly poolAliases?: readonly string[];
  /** Logical names of app clients that this stage has switched off; other stages may have them. */
  readonly clientsSwitchedOff: readonly string[];
  /** `identifier/scope` of every resource server; undefined where not all of them are known. */
  readonly scopes: readonly string[] | undefined;
  /** Claim -> user attribute, as pre-token-generation copies them into the access token. */
  readonly copiedClaims: ReadonlyMap<string, string>;
  /** The directories whose groups pre-token-generation reads; undefined if they are not known before deployment. */
  readonly directories?: DirectoryProviders | undefined;
  /** The directory attributes that pre-sign-up refuses; undefined if users cannot sign up, or it is not known. */
  readonly signUpDirectories?: readonly string[] | undefined;
  /** The identity providers that the stack sets up. */
  readonly identityProviders?: readonly ServiceIdentityProvider[];
  /** Undefined if the stack has no identity pool. */
  readonly identityPool?: ServiceIdentityPool | undefined;
  /** The GraphQL schemas that the service names; undefined if it names none. */
  readonly graphql?:
    | { readonly fields: readonly ServiceField[]; readonly problems: readonly SchemaProblem[] }
    | undefined;
  /** Custom domains of HTTP APIs; undefined if it is not known which of them the authorizers are configured with. */
  readonly apiDomains?:
    | {
        readonly declared: readonly ApiDomain[];
        /** Domain in lower case, perhaps with a wildcard -> its base paths. */
        readonly listed: ReadonlyMap<string, readonly string[]>;
      }
    | undefined;
  /** The number of known resources, without those that the framework adds for functions and APIs. */
  readonly resourceCount?: number | undefined;
}

/** An identity provider of the user pool. */
export interface ServiceIdentityProvider {
  readonly name: string;
  /** The user attributes that it maps. */
  readonly attributes: readonly string[];
  readonly at: At;
}

/** A custom domain that the service declares. */
export interface ApiDomain {
  readonly name: string;
  /** Empty for the root of the domain; undefined if it is not known before deployment. */
  readonly basePath: string | undefined;
  readonly at: At;
}

/** The CORS of an HTTP API. */
export interface ServiceCors {
  /** In upper case, or `*`; undefined if the framework takes them from the routes. */
  readonly methods: readonly string[] | undefined;
  readonly at: At;
}

/** Why a schema cannot be read, and where. */
export interface SchemaProblem {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly message: string;
  readonly fix?: string;
}

/** A root field of a GraphQL schema, at its place in it. */
export interface ServiceField {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  /** The name of the root type, usually that of the operation. */
  readonly type: string;
  /** As the policy spells it: `Query.orders`. */
  readonly route: string;
}

/** Gives signed-in users and guests temporary AWS credentials. */
export interface ServiceIdentityPool {
  /** Logical names of the IAM roles of the stack. */
  readonly roles: readonly string[];
  readonly principalTags: readonly PrincipalTag[];
  /** How roles are chosen if the token does not decide: the first match. */
  readonly rules: readonly RoleMappingRule[];
}

interface PrincipalTag {
  /** Of the session. */
  readonly tag: string;
  /** The claim of the ID token that it is copied from. */
  readonly claim: string;
  readonly at: At;
}

export interface RoleMappingRule {
  readonly at: At;
  readonly claim: string;
  /** `Equals`, `NotEqual`, `StartsWith` or `Contains`. */
  readonly matchType: string;
  readonly value: string;
}

export type GatewayKind = "http" | "rest" | "websocket";

/** A route that an event of a function deploys. */
export interface ServiceRoute {
  readonly gateway: GatewayKind;
  /** As the policy spells it: `GET /orders/{orderId}`, `$default`, `$connect`. */
  readonly route: string;
  /** The function behind it. */
  readonly functionName: string;
  /** Its authorizer; undefined for a route without one. */
  readonly authorizer: RouteAuthorizer | undefined;
  /** The methods that a REST event with `cors` adds to the preflight of its path, in upper case. */
  readonly corsMethods?: readonly string[];
  /** The place of the event, or the nearest place that is written. */
  readonly at: At;
}

export type RouteAuthorizer =
  /** An authorizer function that decides by the policy: one of `Service.authorizers`. */
  | { readonly kind: "lambda"; readonly name: string }
  /** JWT authorizer of an HTTP API, COGNITO_USER_POOLS of a REST API: no Lambda, accepts ID tokens. */
  | { readonly kind: "native"; readonly name: string; readonly scopes: readonly string[] }
  /** AWS_IAM, or a function of this stack that is not claimgate's. */
  | { readonly kind: "foreign"; readonly name: string }
  /** An authorizer of another stack: it is not known what it decides by. */
  | { readonly kind: "other"; readonly name: string };

/** The settings of an authorizer, as one event or the provider gives them. */
export interface ServiceAuthorizer {
  readonly gateway: GatewayKind;
  readonly name: string;
  /** `request` or `token`, in lower case. */
  readonly type: string;
  /** A plain string in the event, which leaves caching to AWS's default. */
  readonly stringForm: boolean;
  /** Seconds, as configured; undefined if not configured. */
  readonly resultTtl: number | undefined;
  /**
   * As configured, e.g. `method.request.header.Authorization`, `$request.header.Authorization`; empty if not
   * configured, undefined if not known before deployment.
   */
  readonly identitySources: readonly string[] | undefined;
  readonly identityValidation: string | undefined;
  readonly simpleResponses: boolean | undefined;
  readonly payloadVersion: string | undefined;
  /** Whether its function gives whole-API answers (CLAIMGATE_WHOLE_API_ANSWER is `true`). */
  readonly wholeApi?: boolean | undefined;
  /** Whether its function takes the token from a cookie too (CLAIMGATE_TOKEN_COOKIE is set). */
  readonly tokenCookie?: boolean | undefined;
  readonly at: At;
}

/** A group that the stack creates. */
export interface ServiceGroup {
  readonly name: string;
  readonly at: At;
}

/** An app client of the stack. */
export interface ServiceClient {
  /** Logical name in `CLAIMGATE_APP_CLIENTS`; of a client that is missing there, its name in serverless.yml. */
  readonly name: string;
  /** User attributes that its users may write; undefined means all of them, since sources disagree. */
  readonly writeAttributes: readonly string[] | undefined;
  readonly scopes: readonly string[];
  /** Whether these are all of its scopes; otherwise some are not known before deployment. */
  readonly hasKnownScopes?: boolean;
  /** Its resource; undefined if unknown. */
  readonly at?: At;
  /** OAuth flows: `code`, `client_credentials`; undefined if unknown. */
  readonly flows?: readonly string[];
  /** How its users get a token that may change their attributes; empty if they sign in over OAuth only. */
  readonly waysAroundOAuth?: readonly string[];
  /** The identity providers that it offers, by name; undefined if not all are known. */
  readonly identityProviders?: readonly string[];
  /** The lifetime of its refresh tokens; undefined if it is not known before deployment. */
  readonly refreshSeconds?: number | undefined;
}

/** Whether users of the app client may write the attribute themselves. */
export function mayWrite({ writeAttributes }: ServiceClient, attribute: string): boolean {
  return writeAttributes === undefined || writeAttributes.includes(attribute);
}
