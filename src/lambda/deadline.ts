/**
 * Milliseconds that a trigger spends on the user pool. Cognito waits five seconds, cold start included, and then fails
 * the user's call; the rest is for the start and the answer.
 * https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-working-with-lambda-triggers.html
 */
const TRIGGER_DEADLINE_MS = 3_500;

/** A signal that aborts when the time of an invocation is up. */
export function triggerDeadline(): AbortSignal {
  return AbortSignal.timeout(TRIGGER_DEADLINE_MS);
}
