/**
 * The kinds of alarm. Each has a section of its name in docs/operations.md; a test proves it. `does` is what the
 * person on call reads first.
 */
export const ALARM_KINDS = {
  "sign-ups-fail": {
    happened: "Pre-sign-up failed, so a user who may sign up could not.",
    does: "Read the error lines of its log; the failure let no one in.",
  },
  "group-assignments-fail": {
    happened: "Users were confirmed but not added to their groups.",
    does: "Look for the missing group or permission that the error lines name; users have fewer permissions, never more.",
  },
  "tokens-degraded": {
    happened: "Tokens were issued without roles, scopes or directory groups that they should have.",
    does: "Read `code`, `problem`, `dropped` and `bytes` in the log of pre-token-generation; groups of the pool are in the token all the same.",
  },
  "function-crashes": {
    happened: "A function ended without an answer: a timeout, out of memory, or a failed start.",
    does: "Read the last lines before it; after a deployment, roll back first.",
  },
  "trigger-slow": {
    happened: "A trigger comes near the five seconds after which Cognito fails the user's call.",
    does: "Look at the duration of its calls to Cognito, and give it more memory.",
  },
  "function-throttled": {
    happened:
      "Lambda refused to run a function: the concurrency of the account, or its own limit, is used up.",
    does: "Find the cause; until it is fixed, sign-ins or calls fail.",
  },
  "authorizers-fail": {
    happened: "Calls were answered 500 because an authorizer could not decide.",
    does: "Read `code` and `cause` of the authorizer-failed lines, and look the code up in docs/errors.md.",
  },
  "keys-unavailable": {
    happened: "The signing keys of the user pool cannot be fetched, or those that were packaged are old.",
    does: "Check the network path to cognito-idp and the pool's id; warm functions continue with the keys that they have. Lines `keys-old`: renew the packaged keys.",
  },
  "denies-spike": {
    happened: "The policy denied many more calls than usual.",
    does: "Count by route and subject: after a change of the policy it is the change, otherwise it may be an attack.",
  },
  "emergency-stop": {
    happened: "An emergency stop denies calls to everyone, whatever the policy says.",
    does: "Run `claimgate stop --show`: it says what is stopped, by whom and why. If it was not meant, run `claimgate resume`.",
  },
  "emergency-stop-lifted": {
    happened: "Something that an emergency stop denied is decided by the policy again.",
    does: "Run `claimgate stop --show`, and ask who lifted it; what is still dangerous, stop again.",
  },
  "refused-tokens-spike": {
    happened: "Many more tokens than usual were refused.",
    does: "Count by code: one code from one client is a broken deployment, forged signatures are an attack.",
  },
  "refused-sign-ups-spike": {
    happened: "Many more people than usual were refused at sign-up.",
    does: "Count by domain and reason: it may be a partner whose domain is missing, or a bot.",
  },
  "api-errors": {
    happened: "An API answered 5xx.",
    does: "Find out whose: the authorizer's, the gateway's or the backend's, by the access log.",
  },
} as const satisfies Readonly<Record<string, { readonly happened: string; readonly does: string }>>;

export type AlarmKind = keyof typeof ALARM_KINDS;
