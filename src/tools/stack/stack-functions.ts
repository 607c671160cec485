// The functions of claimgate by their keys under `functions` in serverless.yml. Alarms speak of those that
// a stage has; a function that is renamed there has to be renamed here.

export const TRIGGERS = ["preSignUp", "postConfirmation", "preTokenGeneration"] as const;
export const AUTHORIZERS = ["httpAuthorizer", "restAuthorizer"] as const;

type Trigger = (typeof TRIGGERS)[number];
type Authorizer = (typeof AUTHORIZERS)[number];
export type StackFunction = Trigger | Authorizer;

/** For whom throwing is an answer: a refused sign-up, a 401, a 500. Lambda counts each as an error. */
export const ANSWERING_BY_THROWING: readonly StackFunction[] = [
  "preSignUp",
  "httpAuthorizer",
  "restAuthorizer",
];
