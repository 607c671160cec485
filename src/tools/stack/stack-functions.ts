// The functions of claimgate by their keys under `functions` in serverless.yml. Alarms refer to those that a stage
// has; a function that is renamed there must be renamed here.

export const TRIGGERS = ["preSignUp", "postConfirmation", "preTokenGeneration"] as const;
export const AUTHORIZERS = ["httpAuthorizer", "restAuthorizer"] as const;

type Trigger = (typeof TRIGGERS)[number];
type Authorizer = (typeof AUTHORIZERS)[number];
export type StackFunction = Trigger | Authorizer;

/**
 * Functions for which throwing is a regular answer: a refused sign-up, a 401, a 500. Lambda counts each as an error.
 */
export const ANSWERING_BY_THROWING: readonly StackFunction[] = [
  "preSignUp",
  "httpAuthorizer",
  "restAuthorizer",
];
