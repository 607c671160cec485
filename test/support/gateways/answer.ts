import { UndecidedError } from "../../../src/authorizers/undecided.ts";

/** What came back: a simple response and an IAM policy told alike. */
export type Answer = "allowed" | "denied" | "unauthenticated" | "error";

/** @throws what the authorizer did not mean to throw */
export async function answerOf(asked: Promise<object>): Promise<Answer> {
  try {
    return allows(await asked) ? "allowed" : "denied";
  } catch (error) {
    if (error instanceof UndecidedError) return "error";
    if (error instanceof Error && error.message === "Unauthorized") return "unauthenticated";
    throw error;
  }
}

function allows(answer: object): boolean {
  const { isAuthorized, policyDocument } = answer as {
    isAuthorized?: boolean;
    policyDocument?: { Statement: readonly { Effect: string }[] };
  };
  return isAuthorized === true || policyDocument?.Statement.some(({ Effect }) => Effect === "Allow") === true;
}
