import type { JsonObject } from "../../../json.ts";
import { textOf } from "../../../json.ts";
import { html } from "../../text/html.ts";
import { CognitoError } from "../cognito-error.ts";
import type { MessagesConfig } from "../config/pool-config.ts";
import type { Attributes, User } from "../directory/user.ts";
import type { Pool } from "../pool.ts";
import { triggerAttributes } from "../tokens/sign-in-tokens.ts";
import { triggerEvent } from "../triggers/trigger-event.ts";
import { type Destination, deliveryDetails, mediumOf } from "./destination.ts";
import type { Mail } from "./mailbox.ts";

/** Why a message is sent: the second half of the `triggerSource`. */
type MessageReason =
  | "SignUp"
  | "AdminCreateUser"
  | "ResendCode"
  | "ForgotPassword"
  | "UpdateUserAttribute"
  | "VerifyUserAttribute"
  | "Authentication";

export interface Message {
  readonly reason: MessageReason;
  readonly user: User;
  readonly destination: Destination;
  /** The code, or the temporary password. */
  readonly code: string;
  /** undefined where an administrator made the call. */
  readonly clientId: string | undefined;
  readonly clientMetadata: Attributes | undefined;
}

/** What the CustomMessage trigger writes in place of the code, which it never sees. */
const CODE = "{####}";
const USERNAME = "{username}";

/** Code, name, or the words of a link. */
const PLACEHOLDERS = /\{####\}|\{username\}|\{##(.*?)##\}/g;
const LINK = /\{##.+?##\}/;

const KINDS: Readonly<Record<MessageReason, keyof MessagesConfig>> = {
  SignUp: "verification",
  ResendCode: "verification",
  ForgotPassword: "verification",
  UpdateUserAttribute: "verification",
  VerifyUserAttribute: "verification",
  AdminCreateUser: "invitation",
  Authentication: "authentication",
};

/**
 * Sends a message: the custom sender if the pool has one for its medium, else the CustomMessage trigger words it. It is
 * always in the mailbox.
 *
 * @returns `CodeDeliveryDetails`
 * @throws CognitoError of the CustomMessage trigger
 */
export async function sendMessage(pool: Pool, message: Message): Promise<JsonObject> {
  const { reason, destination, code } = message;
  const medium = mediumOf(destination.attribute);
  const mail = { to: destination.address, medium, about: reason, code, sentAt: pool.now() } as const;
  const sender = medium === "EMAIL" ? "CustomEmailSender" : "CustomSMSSender";
  if (pool.config.triggers.has(sender)) {
    const failure = await customSend(pool, message, sender);
    pool.mailbox.deliver({ ...mail, ...(failure === undefined ? {} : { failure }) });
  } else {
    pool.mailbox.deliver({ ...mail, ...(await wordsOf(pool, message)) });
  }
  return deliveryDetails(destination);
}

/** The words of a message, with the code in it: those of the CustomMessage trigger, else those of the pool. */
async function wordsOf(pool: Pool, message: Message): Promise<Pick<Mail, "subject" | "text" | "failure">> {
  const { reason, destination } = message;
  const own = pool.config.messages[KINDS[reason]];
  const custom = await customWords(pool, message);
  const inMail = destination.attribute === "email";
  const given = textOf(custom[inMail ? "emailMessage" : "smsMessage"]);
  const missing = given === undefined ? undefined : missingPlaceholder(given, reason);
  const text = given === undefined || missing !== undefined ? own[inMail ? "email" : "sms"] : given;
  return {
    ...(inMail ? { subject: textOf(custom["emailSubject"]) ?? own.subject } : {}),
    text: filled(pool, message, text),
    ...(missing === undefined
      ? {}
      : { failure: `the message of CustomMessage has no \`${missing}\`, so the pool sends its own` }),
  };
}

/**
 * What a message of the trigger lacks: Cognito sends its own then, with the subject of the trigger
 * (https://stackoverflow.com/questions/56865198).
 */
function missingPlaceholder(text: string, reason: MessageReason): string | undefined {
  if (!text.includes(CODE) && !LINK.test(text)) return CODE;
  return reason === "AdminCreateUser" && !text.includes(USERNAME) ? USERNAME : undefined;
}

/** In one pass: a password may look like a placeholder. */
function filled(pool: Pool, message: Message, text: string): string {
  return text.replace(PLACEHOLDERS, (placeholder: string, words: string | undefined) => {
    if (placeholder === CODE) return message.code;
    if (placeholder === USERNAME) return signInName(pool, message.user);
    return confirmationLink(message, words ?? "");
  });
}

/** Where addresses are usernames, a user knows no other. */
function signInName({ config }: Pool, { username, attributes }: User): string {
  return config.usernameAttributes.map((name) => attributes[name]).find(Boolean) ?? username;
}

/** What the CustomMessage trigger says; nothing in a pool without one. @throws CognitoError of the trigger */
async function customWords(
  pool: Pool,
  { reason, user, clientId, clientMetadata }: Message,
): Promise<JsonObject> {
  if (!pool.config.triggers.has("CustomMessage")) return {};
  const event = triggerEvent(
    pool.config.place,
    `CustomMessage_${reason}`,
    { userName: user.username, clientId, clientMetadata, userAttributes: triggerAttributes(user) },
    {
      codeParameter: CODE,
      linkParameter: "{##Click Here##}",
      usernameParameter: reason === "AdminCreateUser" ? USERNAME : null,
    },
    { smsMessage: null, emailMessage: null, emailSubject: null },
  );
  return pool.runTrigger("CustomMessage", event);
}

/** A link that confirms by itself, at the domain of the pool. */
function confirmationLink({ clientId, user, code }: Message, words: string): string {
  const query = new URLSearchParams({
    client_id: clientId ?? "",
    user_name: user.username,
    confirmation_code: code,
  });
  // The words are HTML already, as the message around them.
  return `<a href="${html`/confirmUser?${query.toString()}`.text}">${words}</a>`;
}

/**
 * Hands a message to a custom sender. AWS encrypts the code with the pool's KMS key; here there is no key, and the code
 * says in clear that it is not encrypted. AWS does not wait for the function, so its failure is no failure of the call:
 * the mailbox shows it.
 *
 * @returns why the function failed
 */
async function customSend(
  pool: Pool,
  { reason, user, clientId, clientMetadata, code }: Message,
  sender: "CustomEmailSender" | "CustomSMSSender",
): Promise<string | undefined> {
  const type = sender === "CustomEmailSender" ? "customEmailSenderRequestV1" : "customSMSSenderRequestV1";
  const event = triggerEvent(
    pool.config.place,
    `${sender}_${reason}`,
    { userName: user.username, clientId, clientMetadata, userAttributes: triggerAttributes(user) },
    { type, code: unencrypted(code) },
    {},
  );
  try {
    await pool.runTrigger(sender, event);
    return undefined;
  } catch (error) {
    if (!(error instanceof CognitoError)) throw error;
    // Nobody reads what it gives back.
    return error.code === "InvalidLambdaResponseException" ? undefined : error.message;
  }
}

/** Base64, as on AWS; what is in it is `not encrypted: ` and the code. */
const unencrypted = (code: string) => Buffer.from(`not encrypted: ${code}`).toString("base64");
