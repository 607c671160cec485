import type { JsonObject } from "../../json.ts";
import type { Template } from "../cloudformation/template.ts";
import type { ArnParts } from "./arn.ts";

/** A value that was read, or the reason why it could not be read. */
export type Reading<T> =
  | { readonly read: true; readonly value: T }
  | { readonly read: false; readonly why: string };

/** A deployed CloudFormation stack. */
export interface DeployedStack {
  readonly name: string;
  /** Its ARN, which contains region, account and partition. */
  readonly id: string;
  /** `UPDATE_COMPLETE`, `ROLLBACK_COMPLETE`, ... */
  readonly status: string;
  readonly statusReason: string | undefined;
  readonly outputs: ReadonlyMap<string, string>;
}

export interface DeployedResource {
  readonly id: string;
  readonly type: string;
  /** The value of `Ref`. */
  readonly physicalId: string;
  readonly status: string;
}

/** A deployed API as its calls describe it, with members named in the case of the HTTP API. */
export interface DeployedApi {
  /** `Name`, `AuthorizerId`, `AuthorizerType`, `AuthorizerUri`, `AuthorizerResultTtlInSeconds`, ... */
  readonly authorizers: readonly JsonObject[];
  /** Without the CORS preflights that a REST API answers itself. */
  readonly routes: readonly DeployedRoute[];
}

export interface DeployedRoute {
  /** `GET /orders/{orderId}`, `$default` */
  readonly route: string;
  /** `NONE`, `CUSTOM`, `JWT`, `AWS_IAM`, `COGNITO_USER_POOLS` */
  readonly authorization: string;
  readonly authorizerId: string | undefined;
}

export interface DeployedFunction {
  /** As GetFunctionConfiguration returns it. */
  readonly configuration: JsonObject;
}

export interface DeployedPool {
  /** DescribeUserPool. */
  readonly settings: JsonObject;
  /** GetUserPoolMfaConfig. */
  readonly mfa: Reading<JsonObject>;
  readonly groups: Reading<readonly JsonObject[]>;
  /** Every app client from DescribeUserPoolClient, with `HasSecret` instead of a secret. */
  readonly clients: Reading<readonly JsonObject[]>;
  /** The regions of its replicas; empty if it has none. */
  readonly replicas: Reading<readonly string[]>;
  readonly resourceServers: Reading<readonly JsonObject[]>;
  /** Every identity provider from DescribeIdentityProvider, without its details, which may hold a secret. */
  readonly identityProviders: Reading<readonly JsonObject[]>;
}

/** Everything that is deployed of a stage. Facts only. */
export interface Deployment {
  readonly where: ArnParts;
  readonly stack: DeployedStack;
  /** By logical id. */
  readonly resources: ReadonlyMap<string, DeployedResource>;
  /** The template of the last deployment. */
  readonly template: Reading<unknown>;
  /** Undefined if the stack names no user pool. */
  readonly userPoolId: string | undefined;
  /** The value is undefined if the pool does not exist. */
  readonly pool: Reading<DeployedPool | undefined>;
  /** By logical id; the value is undefined if the function does not exist. */
  readonly functions: ReadonlyMap<string, Reading<DeployedFunction | undefined>>;
  /** The resource policies of functions by ARN, for those that were read. */
  readonly invokePolicies: ReadonlyMap<string, Reading<JsonObject>>;
  /** By logical id. */
  readonly apis: ReadonlyMap<string, Reading<DeployedApi>>;
}

/** What would be deployed. */
export interface Packaged {
  readonly template: Template;
  /** The archives by the logical id of their function. */
  readonly artefacts: ReadonlyMap<string, Artefact>;
  /** The groups that the policy names. */
  readonly groups: ReadonlySet<string>;
  readonly publicRoutes: ReadonlySet<string>;
}

export interface Artefact {
  /** SHA-256 in base64, as Lambda gives it. */
  readonly sha256: string;
  /** The version of the policy that is built into it; undefined if it contains none. */
  readonly policyVersion: string | undefined;
}
