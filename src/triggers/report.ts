import { codeOf, type ErrorCode } from "../errors.ts";

/** Writes one structured line; `kind` is what alarms match (docs/triggers.md lists all). */
export type TriggerLog = (
  level: "info" | "warn" | "error",
  kind: string,
  fields: Readonly<Record<string, unknown>>,
) => void;

/** What identifies an invocation in a log: never the user's name, which may be an e-mail address. */
export interface Invocation {
  readonly requestId?: string | undefined;
}

/** What a log line says of a failure. `code` stands for failures that have no code of their own. */
export function failureFields(error: unknown, code?: ErrorCode): { code: ErrorCode; error: string } {
  const known = codeOf(error);
  return {
    code: known === "unexpected" && code !== undefined ? code : known,
    error: error instanceof Error ? `${error.name}: ${error.message}` : "the thrown value is not an `Error`",
  };
}

/**
 * What a trigger throws for Cognito to show: `PreSignUp failed with error <message>.`, full stop included.
 * It carries nothing else: Lambda logs and returns the fields of an error.
 */
export class PublicRefusal extends Error {
  constructor(sentence: string) {
    super(sentence);
    this.name = "PublicRefusal";
  }
}

/** Shown for every failure that is ours; it does not say which. */
export const TRY_LATER = "Something went wrong on our side, please try again in a few minutes";
