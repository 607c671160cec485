import type { Pool } from "../../cognito/pool.ts";
import type { MailJson } from "../../console/contract.ts";

/** More messages than a person looks through. */
const SHOWN = 100;

/** The messages that Cognito would have sent, newest first. */
export function mailsOf({ mailbox }: Pick<Pool, "mailbox">): readonly MailJson[] {
  return mailbox
    .list()
    .slice(0, SHOWN)
    .map(({ to, medium, about, code, subject, text, failure, sentAt }) => ({
      to,
      medium,
      about,
      code,
      subject: subject ?? null,
      text: text ?? null,
      failure: failure ?? null,
      sentAt,
    }));
}
