import type { JsonObject } from "../../json.ts";
import type { Template } from "../cloudformation/template.ts";
import type { ArnParts } from "./arn.ts";

/** What could be read, or why it could not. */
export type Reading<T> =
  | { readonly read: true; readonly value: T }
  | { readonly read: false; readonly why: string };

/** A deployed CloudFormation stack. */
export interface DeployedStack {
  readonly name: string;
  /** Its ARN, which tells region, account and partition. */
  readonly id: string;
  /** `UPDATE_COMPLETE`, `ROLLBACK_COMPLETE`, ... */
  readonly status: string;
  readonly statusReason: string | undefined;
  readonly outputs: ReadonlyMap<string, string>;
}

export interface DeployedResource {
  readonly id: string;
  readonly type: string;
  /** What `Ref` gives. */
  readonly physicalId: string;
  readonly status: string;
}

/** A deployed API as its calls describe it, with the names of members in the case of the HTTP API. */
export interface DeployedApi {
  /** `Name`, `AuthorizerId`, `AuthorizerType`, `AuthorizerUri`, `AuthorizerResultTtlInSeconds`, ... */
  readonly authorizers: readonly JsonObject[];
  /** Without what a REST API answers by itself to CORS preflights. */
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
  /** As GetFunctionConfiguration gives it. */
  readonly configuration: JsonObject;
}

/** A user pool, as it is. */
export interface DeployedPool {
  /** DescribeUserPool. */
  readonly settings: JsonObject;
  /** GetUserPoolMfaConfig. */
  readonly mfa: Reading<JsonObject>;
  readonly groups: Reading<readonly JsonObject[]>;
  /** Every app client by DescribeUserPoolClient, with `HasSecret` in place of a secret. */
  readonly clients: Reading<readonly JsonObject[]>;
}

/** Everything that is deployed of a stage. Facts only. */
export interface Deployment {
  readonly where: ArnParts;
  readonly stack: DeployedStack;
  /** By logical id. */
  readonly resources: ReadonlyMap<string, DeployedResource>;
  /** The template that was deployed last. */
  readonly template: Reading<unknown>;
  /** Undefined where the stack names no user pool. */
  readonly userPoolId: string | undefined;
  /** The value is undefined where there is no such pool. */
  readonly pool: Reading<DeployedPool | undefined>;
  /** By logical id; the value is undefined where there is no such function. */
  readonly functions: ReadonlyMap<string, Reading<DeployedFunction | undefined>>;
  /** The resource policies of functions by ARN, where one was looked for. */
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
  /** Base64 of the SHA-256, as Lambda has it. */
  readonly sha256: string;
  /** The policy that is built into it; undefined where it holds none. */
  readonly policyVersion: string | undefined;
}
