import type { JsonObject } from "../../../json.ts";
import { textOf } from "../../../json.ts";
import { invalidParameter, notSimulated } from "../cognito-error.ts";
import type { User } from "../directory/user.ts";
import type { ContactAttribute } from "../messages/destination.ts";
import { requiredText } from "../operations/operation.ts";
import type { Pool } from "../pool.ts";
import { challengeCode } from "./code-challenge.ts";
import { afterPassword } from "./next-step.ts";
import { provePassword, shownRecord } from "./password-factor.ts";
import { hasVerified, usableMethods } from "./second-factor.ts";
import { challengeVerifier } from "./srp-challenge.ts";
import { type AuthCall, ask, firstOf, type Step } from "./step.ts";

/** What a user may prove first in `USER_AUTH`. */
export type FirstChallenge = "PASSWORD" | "PASSWORD_SRP" | "EMAIL_OTP" | "SMS_OTP";

const FIRST: readonly FirstChallenge[] = ["EMAIL_OTP", "SMS_OTP", "PASSWORD_SRP", "PASSWORD"];

/**
 * Begins `USER_AUTH`: with the preferred challenge if the user can have it, else by asking which.
 * https://docs.aws.amazon.com/cognito/latest/developerguide/authentication-flows-selection-sdk.html
 *
 * @param user the given name where no user has it, which the client must not notice
 * @param parameters `AuthParameters`
 */
export async function startChoice(
  call: AuthCall,
  user: User | string,
  parameters: JsonObject,
): Promise<Step> {
  const preferred = textOf(parameters["PREFERRED_CHALLENGE"]);
  if (preferred === "WEB_AUTHN") throw notSimulated("the challenge WEB_AUTHN");
  const known = FIRST.find((name) => name === preferred);
  if (preferred !== undefined && known === undefined) {
    throw invalidParameter(`Invalid PREFERRED_CHALLENGE ${preferred}`);
  }
  const choices = firstFactors(call.pool, user);
  if (known !== undefined && choices.includes(known)) return answerSelected(call, user, known, parameters);
  const whose = firstOf(user);
  const asked = ask(call, whose, { name: "SELECT_CHALLENGE", choices }, usernameOf(call, user));
  return { ...asked, available: choices };
}

/** What `SELECT_CHALLENGE` was answered with. @throws CognitoError `InvalidParameterException` */
export function chosenFactor(choices: readonly string[], responses: JsonObject): FirstChallenge {
  const answer = requiredText(responses, "ANSWER");
  if (answer === "WEB_AUTHN") throw notSimulated("the challenge WEB_AUTHN");
  const chosen = FIRST.find((name) => name === answer && choices.includes(name));
  if (chosen === undefined)
    throw invalidParameter(`Invalid ANSWER ${answer}: it is not an available challenge`);
  return chosen;
}

/** Goes on with the chosen challenge: judges its answer if it is there already, else asks for it. */
export async function answerSelected(
  call: AuthCall,
  user: User | string,
  chosen: FirstChallenge,
  given: JsonObject,
): Promise<Step> {
  const whose = firstOf(user);
  switch (chosen) {
    case "PASSWORD": {
      const password = textOf(given["PASSWORD"]);
      if (password === undefined) return ask(call, whose, { name: chosen }, usernameOf(call, user));
      return afterPassword(call, provePassword(call, user, password), whose, chosen);
    }
    case "PASSWORD_SRP": {
      const srpA = textOf(given["SRP_A"]);
      if (srpA === undefined) return ask(call, whose, { name: chosen }, usernameOf(call, user));
      return challengeVerifier(call, user, whose, srpA, "session");
    }
    case "EMAIL_OTP":
    case "SMS_OTP":
      return challengeCode(call, user, whose, chosen, "first");
  }
}

/**
 * A code in place of the password needs an address that the user proved. It is not offered to users who have a second
 * factor: no factor can be added to it. A temporary password has to be replaced first.
 */
export function firstFactors(pool: Pool, user: User | string): readonly FirstChallenge[] {
  const { firstFactors: ofPool, mfa } = pool.config;
  const withCodes = mfa.mode !== "ON" && (typeof user === "string" || mayHaveCodes(pool, user));
  const offers: Readonly<Record<FirstChallenge, boolean>> = {
    EMAIL_OTP: withCodes && ofPool.includes("EMAIL_OTP") && has(user, "email"),
    SMS_OTP: withCodes && ofPool.includes("SMS_OTP") && has(user, "phone_number"),
    PASSWORD_SRP: true,
    PASSWORD: true,
  };
  return FIRST.filter((name) => offers[name]);
}

const mayHaveCodes = (pool: Pool, user: User) =>
  user.status !== "FORCE_CHANGE_PASSWORD" &&
  user.status !== "EXTERNAL_PROVIDER" &&
  usableMethods(pool, user).length === 0;

/** The parameter of a challenge that names the user, or someone like a user. */
const usernameOf = ({ pool }: AuthCall, user: User | string) => ({
  USERNAME: shownRecord(pool, user).username,
});

/** A name without a user has an address, too: of the form of the name. */
function has(user: User | string, attribute: ContactAttribute): boolean {
  if (typeof user !== "string") return hasVerified(user, attribute);
  return user.startsWith("+") === (attribute === "phone_number");
}
