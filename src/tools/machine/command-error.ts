import { ClaimgateError, type ErrorCode } from "../../errors.ts";

/** A command could not do what it was asked, for a reason that the person at the keyboard can fix. */
export class CommandError extends ClaimgateError {
  /** The fix, as a sentence without a capital or a period. */
  readonly fix: string | undefined;

  constructor(code: ErrorCode, message: string, options: ErrorOptions & { readonly fix?: string } = {}) {
    super(code, message, options);
    this.name = "CommandError";
    this.fix = options.fix;
  }
}
