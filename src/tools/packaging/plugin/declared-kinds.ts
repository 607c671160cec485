import type { FunctionName } from "../../archives/functions.ts";

/** How events name an authorizer of a kind, and what of `claimgate/lambda` makes its handler. */
const AUTHORIZERS = {
  http: "httpAuthorizer",
  httpPolicy: "httpPolicyAuthorizer",
  httpV1: "httpV1Authorizer",
  rest: "restAuthorizer",
  restToken: "restTokenAuthorizer",
  websocket: "websocketAuthorizer",
  appSync: "appSyncAuthorizer",
} as const satisfies Record<string, FunctionName>;

export type AuthorizerKind = keyof typeof AUTHORIZERS;

export const AUTHORIZER_KINDS = Object.keys(AUTHORIZERS) as readonly AuthorizerKind[];

/** The export of `claimgate/lambda`, and the key of its function unless the settings give another. */
export function authorizerFunction(kind: AuthorizerKind): FunctionName {
  return AUTHORIZERS[kind];
}

/** Exports of `claimgate/lambda`, and the keys of their functions unless the settings give others. */
export const TRIGGERS = ["preSignUp", "postConfirmation", "preTokenGeneration"] as const;

export type TriggerName = (typeof TRIGGERS)[number];
