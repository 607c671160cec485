import { lowerAscii } from "../../../policy/ascii.ts";

/** A message that Cognito would have sent. */
export interface Mail {
  readonly to: string;
  /** `SignUp`, `ResendCode`, `ForgotPassword`, `AdminCreateUser` and so on. */
  readonly about: string;
  /** The confirmation code, or the temporary password. */
  readonly code: string;
}

/** The messages of this run, in memory: nothing is sent. */
export class Mailbox {
  readonly #mails: Mail[] = [];

  deliver(mail: Mail): void {
    this.#mails.push(mail);
  }

  /** The messages to an address, newest first; all messages if no address is given. */
  list(to?: string): readonly Mail[] {
    return this.#mails.filter((mail) => to === undefined || lowerAscii(mail.to) === lowerAscii(to)).reverse();
  }
}
