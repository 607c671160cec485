import { type JsonObject, objectOf, textOf } from "../../../json.ts";
import type { MessagesConfig, MessageTemplate } from "./pool-config.ts";

/** The words of AWS where a pool has none of its own. */
const USUAL: MessagesConfig = {
  verification: {
    subject: "Your verification code",
    email: "Your verification code is {####}.",
    sms: "Your verification code is {####}.",
  },
  invitation: {
    subject: "Your temporary password",
    email: "Your username is {username} and temporary password is {####}.",
    sms: "Your username is {username} and temporary password is {####}.",
  },
  authentication: {
    subject: "Your authentication code",
    email: "Your authentication code is {####}.",
    sms: "Your authentication code is {####}.",
  },
};

/** The messages of a pool, from its properties in a template. */
export function messagesOf(properties: JsonObject): MessagesConfig {
  const verification = objectOf(properties["VerificationMessageTemplate"]);
  const invitation = objectOf(objectOf(properties["AdminCreateUserConfig"])["InviteMessageTemplate"]);
  return {
    verification: words(USUAL.verification, {
      subject: verification["EmailSubject"] ?? properties["EmailVerificationSubject"],
      email: verification["EmailMessage"] ?? properties["EmailVerificationMessage"],
      sms: verification["SmsMessage"] ?? properties["SmsVerificationMessage"],
    }),
    invitation: words(USUAL.invitation, {
      subject: invitation["EmailSubject"],
      email: invitation["EmailMessage"],
      sms: invitation["SMSMessage"],
    }),
    authentication: words(USUAL.authentication, {
      subject: properties["EmailAuthenticationSubject"],
      email: properties["EmailAuthenticationMessage"],
      sms: properties["SmsAuthenticationMessage"],
    }),
  };
}

function words(
  usual: MessageTemplate,
  given: Readonly<Record<keyof MessageTemplate, unknown>>,
): MessageTemplate {
  return {
    subject: textOf(given.subject) ?? usual.subject,
    email: textOf(given.email) ?? usual.email,
    sms: textOf(given.sms) ?? usual.sms,
  };
}
