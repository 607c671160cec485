/**
 * The kinds of alarm. Each has a section of its name in docs/operations.md; a test proves it. `does` is what the
 * person on call reads first.
 */
export const ALARM_KINDS = {
  "sign-ups-fail": {
    happened: "Pre-sign-up failed, so somebody who may sign up could not.",
    does: "Read the error lines of its log; nobody has got in by it.",
  },
  "group-assignments-fail": {
    happened: "Users were confirmed and not put in their groups.",
    does: "Look for the missing group or permission that the error lines name; users have fewer rights, never more.",
  },
  "tokens-degraded": {
    happened: "Tokens went out without the roles or scopes that they should have.",
    does: "Read `code`, `dropped` and `bytes` in the log of pre-token-generation; groups are in the token all the same.",
  },
  "function-crashes": {
    happened: "A function ended without an answer: a timeout, no memory, or a start that failed.",
    does: "Read the last lines before it; after a deployment, roll back first.",
  },
  "trigger-slow": {
    happened: "A trigger comes near the five seconds after which Cognito fails the user's call.",
    does: "Look at the duration of its calls to Cognito, and give it memory.",
  },
  "function-throttled": {
    happened:
      "Lambda refused to run a function: the concurrency of the account, or its own limit, is used up.",
    does: "Find what uses it up; while it lasts, sign-ins or calls fail.",
  },
  "authorizers-fail": {
    happened: "Calls were answered 500 because an authorizer could not decide.",
    does: "Read `code` and `cause` of the authorizer-failed lines, and look the code up in docs/errors.md.",
  },
  "keys-unavailable": {
    happened: "The signing keys of the user pool cannot be fetched.",
    does: "Check the network path to cognito-idp and the pool's id; warm functions go on with the keys that they have.",
  },
  "denies-spike": {
    happened: "Many more calls than usual were denied by the policy.",
    does: "Count by route and subject: after a change of the policy it is the change, else it may be somebody probing.",
  },
  "refused-tokens-spike": {
    happened: "Many more tokens than usual were refused.",
    does: "Count by code: one code from one client is a broken deployment, forged signatures are an attack.",
  },
  "refused-sign-ups-spike": {
    happened: "Many more people than usual were refused at sign-up.",
    does: "Count by domain and reason: a partner whose domain is missing, or a robot.",
  },
  "api-errors": {
    happened: "An API answered 5xx.",
    does: "Find out whose: the authorizer's, the gateway's or the backend's, by the access log.",
  },
} as const satisfies Readonly<Record<string, { readonly happened: string; readonly does: string }>>;

export type AlarmKind = keyof typeof ALARM_KINDS;
