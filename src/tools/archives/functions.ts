import {
  AUTHORIZER_VARIABLES,
  type FunctionVariable,
  GATEWAY_VARIABLES,
  TRIGGER_VARIABLES,
} from "./function-variables.ts";
import { type FunctionPermission, LIST_PERMISSION, TRIGGER_PERMISSIONS } from "./permissions.ts";

/** The files of the package that archives are made of, `dist/functions/NAME.cjs`. */
export const LIBRARIES = ["authorizers", "triggers"] as const;
export type Library = (typeof LIBRARIES)[number];

/** How a gateway has to call an authorizer, in the terms of API Gateway. */
export interface GatewaySettings {
  readonly api: "HTTP" | "REST" | "WEBSOCKET" | "APPSYNC";
  readonly type?: "REQUEST" | "TOKEN";
  readonly payloadFormatVersion?: "1.0" | "2.0";
  readonly enableSimpleResponses?: boolean;
  readonly identitySource?: string;
  readonly identityValidationExpression?: string;
  /** Seconds; a cached answer would be reused for other paths of the same route. */
  readonly resultTtlInSeconds: 0;
}

/** Where the pool names a trigger: a property of `LambdaConfig`. */
export interface TriggerSettings {
  readonly lambdaConfig: "PreSignUp" | "PostConfirmation" | "PreTokenGenerationConfig";
  /** The version of the event. V2_0 does not run for machines. */
  readonly lambdaVersion?: "V3_0";
}

interface FunctionFacts {
  readonly description: string;
  readonly library: Library;
  /** Whether it gets no more of the policy than the rows about e-mail addresses. */
  readonly addressesOnly: boolean;
  /** Seconds. */
  readonly timeout: number;
  readonly gateway: GatewaySettings | undefined;
  readonly trigger: TriggerSettings | undefined;
  readonly variables: Readonly<Record<string, FunctionVariable>>;
  readonly permissions: readonly FunctionPermission[];
}

const HEADER_OF_HTTP = "$request.header.Authorization";
const HEADER_OF_REST = "method.request.header.Authorization";
const NO_CACHE = { resultTtlInSeconds: 0 } as const;

/** Every function that `claimgate bundle` makes an archive of, by its name in `claimgate/lambda`. */
const FUNCTIONS = {
  httpAuthorizer: authorizer(
    "Decides the calls of an HTTP API",
    {
      api: "HTTP",
      type: "REQUEST",
      payloadFormatVersion: "2.0",
      enableSimpleResponses: true,
      identitySource: HEADER_OF_HTTP,
      ...NO_CACHE,
    },
    GATEWAY_VARIABLES.http,
  ),
  httpPolicyAuthorizer: authorizer(
    "Decides the calls of an HTTP API, by IAM policies",
    {
      api: "HTTP",
      type: "REQUEST",
      payloadFormatVersion: "2.0",
      enableSimpleResponses: false,
      identitySource: HEADER_OF_HTTP,
      ...NO_CACHE,
    },
    GATEWAY_VARIABLES.http,
  ),
  httpV1Authorizer: authorizer(
    "Decides the calls of an HTTP API, payload format 1.0",
    {
      api: "HTTP",
      type: "REQUEST",
      payloadFormatVersion: "1.0",
      identitySource: HEADER_OF_HTTP,
      ...NO_CACHE,
    },
    GATEWAY_VARIABLES.http,
  ),
  restAuthorizer: authorizer(
    "Decides the calls of a REST API",
    { api: "REST", type: "REQUEST", identitySource: HEADER_OF_REST, ...NO_CACHE },
    { ...GATEWAY_VARIABLES.rest, ...GATEWAY_VARIABLES.restRequest },
  ),
  restTokenAuthorizer: authorizer(
    "Decides the calls of a REST API, by an authorizer of type TOKEN",
    {
      api: "REST",
      type: "TOKEN",
      identitySource: HEADER_OF_REST,
      identityValidationExpression: "^[Bb][Ee][Aa][Rr][Ee][Rr] +[A-Za-z0-9._-]+$",
      ...NO_CACHE,
    },
    GATEWAY_VARIABLES.rest,
  ),
  websocketAuthorizer: authorizer(
    "Decides who connects to a WebSocket API",
    {
      api: "WEBSOCKET",
      type: "REQUEST",
      identitySource: "route.request.header.Sec-WebSocket-Protocol",
      ...NO_CACHE,
    },
    GATEWAY_VARIABLES.websocket,
  ),
  appSyncAuthorizer: authorizer(
    "Decides the operations of an AppSync API",
    { api: "APPSYNC", ...NO_CACHE },
    GATEWAY_VARIABLES.appSync,
  ),
  preSignUp: trigger(
    "Decides by the p2 rows who may sign up",
    { lambdaConfig: "PreSignUp" },
    { addressesOnly: true, variables: TRIGGER_VARIABLES.preSignUp, ...TRIGGER_PERMISSIONS.preSignUp },
  ),
  postConfirmation: trigger(
    "Puts a confirmed user in the groups of the g3 rows",
    { lambdaConfig: "PostConfirmation" },
    {
      addressesOnly: true,
      variables: TRIGGER_VARIABLES.postConfirmation,
      ...TRIGGER_PERMISSIONS.postConfirmation,
    },
  ),
  preTokenGeneration: trigger(
    "Puts roles, scopes and named attributes in tokens",
    { lambdaConfig: "PreTokenGenerationConfig", lambdaVersion: "V3_0" },
    {
      addressesOnly: false,
      variables: TRIGGER_VARIABLES.preTokenGeneration,
      ...TRIGGER_PERMISSIONS.preTokenGeneration,
    },
  ),
} as const satisfies Readonly<Record<string, FunctionFacts>>;

export type FunctionName = keyof typeof FUNCTIONS;

export const FUNCTION_NAMES = Object.keys(FUNCTIONS) as readonly FunctionName[];

export function factsOf(name: FunctionName): FunctionFacts {
  return FUNCTIONS[name];
}

export function functionsIn(library: Library): readonly FunctionName[] {
  return FUNCTION_NAMES.filter((name) => factsOf(name).library === library);
}

function authorizer(
  description: string,
  gateway: GatewaySettings,
  more: Readonly<Record<string, FunctionVariable>> = {},
): FunctionFacts {
  return {
    description,
    library: "authorizers",
    addressesOnly: false,
    timeout: 10,
    gateway,
    trigger: undefined,
    variables: { ...AUTHORIZER_VARIABLES, ...more },
    permissions: [LIST_PERMISSION],
  };
}

function trigger(
  description: string,
  settings: TriggerSettings,
  more: Pick<FunctionFacts, "addressesOnly" | "variables" | "permissions">,
): FunctionFacts {
  // Cognito waits five seconds.
  return { description, library: "triggers", timeout: 5, gateway: undefined, trigger: settings, ...more };
}
