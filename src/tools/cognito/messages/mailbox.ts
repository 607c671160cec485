/** A message that Cognito would have sent, by mail or by SMS. */
export interface Mail {
  /** An address, or a telephone number. */
  readonly to: string;
  readonly medium: "EMAIL" | "SMS";
  /** `SignUp`, `ResendCode`, `ForgotPassword`, `AdminCreateUser`, `VerifyUserAttribute`, `Authentication` ... */
  readonly about: string;
  /** The code, or the temporary password. */
  readonly code: string;
  readonly subject?: string;
  /** As the CustomMessage trigger worded it, with the code in it. */
  readonly text?: string;
  /** Why it is not what the function of a trigger would have made of it. */
  readonly failure?: string;
  /** Milliseconds since 1970. */
  readonly sentAt: number;
}

/** More than a person reads; an endless run keeps no endless list. */
const KEPT = 1_000;

/** The messages of this run, in memory: nothing is sent. */
export class Mailbox {
  readonly #mails: Mail[] = [];

  deliver(mail: Mail): void {
    this.#mails.push(mail);
    if (this.#mails.length > KEPT) this.#mails.shift();
  }

  /** The messages to an address, newest first; all messages if no address is given. */
  list(to?: string): readonly Mail[] {
    const wanted = to?.toLowerCase();
    return this.#mails.filter((mail) => wanted === undefined || mail.to.toLowerCase() === wanted).reverse();
  }
}
