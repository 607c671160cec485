import { randomInt, timingSafeEqual } from "node:crypto";
import { textOf } from "../../../json.ts";
import type { User } from "../directory/user.ts";
import { type ContactAttribute, deliveryDetails, destinationBy } from "../messages/destination.ts";
import { sendMessage } from "../messages/send-message.ts";
import type { Challenged } from "./challenges.ts";
import { shownRecord } from "./password-factor.ts";
import { type AuthCall, ask, type ChallengeStep } from "./step.ts";

export type CodeChallenge = "SMS_MFA" | "EMAIL_OTP" | "SMS_OTP";

/** A code in place of a password is longer than one that follows a password. */
const DIGITS = { first: 8, second: 6 } as const;

/**
 * Sends a code, and asks for it.
 *
 * @param user the given name where no user has it: nothing is sent, and the answer looks the same
 */
export async function challengeCode(
  call: AuthCall,
  user: User | string,
  whose: Challenged,
  name: CodeChallenge,
  factor: "first" | "second",
): Promise<ChallengeStep> {
  const { pool, client, clientMetadata } = call;
  const code = String(randomInt(10 ** DIGITS[factor])).padStart(DIGITS[factor], "0");
  const attribute = attributeOf(name);
  const destination = addressOf(user, attribute);
  const details = deliveryDetails(destination);
  if (typeof user !== "string") {
    const clientId = client.id;
    await sendMessage(pool, { reason: "Authentication", user, destination, code, clientId, clientMetadata });
  }
  const parameters = {
    CODE_DELIVERY_DELIVERY_MEDIUM: textOf(details["DeliveryMedium"]) ?? "",
    CODE_DELIVERY_DESTINATION: textOf(details["Destination"]) ?? "",
    [factor === "second" ? "USER_ID_FOR_SRP" : "USERNAME"]: shownRecord(pool, user).username,
  };
  return ask(call, whose, { name, code }, parameters);
}

export function isCode(wanted: string, given: string): boolean {
  const [a, b] = [Buffer.from(wanted), Buffer.from(given)];
  return a.length === b.length && timingSafeEqual(a, b);
}

const attributeOf = (name: CodeChallenge): ContactAttribute =>
  name === "EMAIL_OTP" ? "email" : "phone_number";

function addressOf(user: User | string, attribute: ContactAttribute) {
  const known = typeof user === "string" ? undefined : destinationBy(user.attributes, attribute);
  return known ?? { attribute, address: typeof user === "string" ? user : "" };
}
