import { codeOf, type ErrorCode } from "../errors.ts";

/** Writes one structured line; alarms match `kind` (docs/triggers.md lists all). */
export type TriggerLog = (
  level: "info" | "warn" | "error",
  kind: string,
  fields: Readonly<Record<string, unknown>>,
) => void;

/** Identifies an invocation in a log: never by the user's name, which may be an e-mail address. */
export interface Invocation {
  readonly requestId?: string | undefined;
}

/** The fields of a failure in a log line. `code` is for failures without a code of their own. */
export function failureFields(error: unknown, code?: ErrorCode): { code: ErrorCode; error: string } {
  const known = codeOf(error);
  return {
    code: known === "unexpected" && code !== undefined ? code : known,
    error: error instanceof Error ? `${error.name}: ${error.message}` : "the thrown value is not an `Error`",
  };
}

/**
 * An error that Cognito shows: `PreSignUp failed with error <message>.`, period included. It has no other fields, since
 * Lambda logs and returns them.
 *
 * @example
 * import { PublicRefusal } from "claimgate/triggers";
 *
 * throw new PublicRefusal("Sign-up opens on Monday");
 */
export class PublicRefusal extends Error {
  static {
    // `sls invoke local` prints the name of the class, which is minified.
    Object.defineProperty(PublicRefusal, "name", { value: "PublicRefusal" });
  }

  constructor(sentence: string) {
    super(sentence);
    this.name = "PublicRefusal";
  }
}

/**
 * Shown for every internal failure, without details.
 *
 * @example
 * import { TRY_LATER } from "claimgate/triggers";
 *
 * // In a front end or a test: Cognito puts its own words around the sentence.
 * export const isInternal = (error: Error) => error.message.includes(TRY_LATER);
 */
export const TRY_LATER = "Something went wrong on our side. Please try again in a few minutes";
