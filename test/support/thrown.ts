import { ClaimgateError } from "../../src/errors.ts";

/** The error of ours that the action throws; undefined where it throws nothing. Anything else is thrown on. */
export function thrownBy(action: () => unknown): ClaimgateError | undefined {
  try {
    action();
    return undefined;
  } catch (error) {
    if (error instanceof ClaimgateError) return error;
    throw error;
  }
}

/** Its code. */
export function codeThrownBy(action: () => unknown): string | undefined {
  return thrownBy(action)?.code;
}
