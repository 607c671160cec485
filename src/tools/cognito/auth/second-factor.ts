import { invalidParameter } from "../cognito-error.ts";
import type { MfaMethod } from "../config/pool-config.ts";
import type { User } from "../directory/user.ts";
import { type ContactAttribute, destinationBy } from "../messages/destination.ts";
import type { Pool } from "../pool.ts";
import type { Challenged } from "./challenges.ts";
import { challengeCode } from "./code-challenge.ts";
import { type AuthCall, ask, type ChallengeStep } from "./step.ts";

/**
 * Asks for the second factor of a user, as pool and user have it.
 * https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-settings-mfa.html
 *
 * @returns undefined if there is none to ask for
 */
export async function secondFactor(
  call: AuthCall,
  user: User,
  whose: Challenged,
): Promise<ChallengeStep | undefined> {
  const { pool } = call;
  const methods = usableMethods(pool, user);
  const [only] = methods;
  if (only === undefined) return pool.config.mfa.mode === "ON" ? challengeSetup(call, whose) : undefined;
  const { preferred } = user.mfa;
  if (preferred !== undefined && methods.includes(preferred))
    return challengeMfa(call, user, whose, preferred);
  if (methods.length === 1) return challengeMfa(call, user, whose, only);
  const parameters = { MFAS_CAN_CHOOSE: JSON.stringify(methods), USER_ID_FOR_SRP: user.username };
  return ask(call, whose, { name: "SELECT_MFA_TYPE", choices: methods }, parameters);
}

/** The method that the answer of SELECT_MFA_TYPE names, as the next challenge. */
export async function challengeChosen(
  call: AuthCall,
  user: User,
  whose: Challenged,
  choices: readonly MfaMethod[],
  answer: string | undefined,
): Promise<ChallengeStep> {
  // The guide calls the method by one name, and its challenge by another.
  const name = answer === "EMAIL_MFA" ? "EMAIL_OTP" : answer;
  const chosen = choices.find((choice) => choice === name);
  if (chosen === undefined) throw invalidParameter("Invalid MFA type provided in ANSWER.");
  return challengeMfa(call, user, whose, chosen);
}

/**
 * The methods that a sign-in of this user may ask for. Where MFA is optional, users turn them on; where it is required,
 * they use whatever is set up.
 */
export function usableMethods({ config }: Pool, user: User): readonly MfaMethod[] {
  const { mode, methods } = config.mfa;
  if (mode === "OFF") return [];
  return methods.filter(
    (method) => isSetUp(user, method) && (mode === "ON" || user.mfa.enabled.includes(method)),
  );
}

/** Whether a user has what a method needs: a proven authenticator app, a telephone, a verified address. */
export function isSetUp(user: User, method: MfaMethod): boolean {
  if (method === "SOFTWARE_TOKEN_MFA") return user.mfa.totpSecret !== undefined;
  if (method === "SMS_MFA") return destinationBy(user.attributes, "phone_number") !== undefined;
  return hasVerified(user, "email");
}

export const hasVerified = ({ attributes }: User, attribute: ContactAttribute) =>
  destinationBy(attributes, attribute) !== undefined && attributes[`${attribute}_verified`] === "true";

async function challengeMfa(
  call: AuthCall,
  user: User,
  whose: Challenged,
  method: MfaMethod,
): Promise<ChallengeStep> {
  if (method !== "SOFTWARE_TOKEN_MFA") return challengeCode(call, user, whose, method, "second");
  const { totpDevice } = user.mfa;
  const device = totpDevice === undefined ? {} : { FRIENDLY_DEVICE_NAME: totpDevice };
  return ask(call, whose, { name: method }, { ...device, USER_ID_FOR_SRP: user.username });
}

function challengeSetup(call: AuthCall, whose: Challenged): ChallengeStep {
  const parameters = {
    MFAS_CAN_SETUP: JSON.stringify(call.pool.config.mfa.methods),
    USER_ID_FOR_SRP: whose.username,
  };
  return ask(call, whose, { name: "MFA_SETUP", verified: false }, parameters);
}
