import type { JsonObject } from "../../../json.ts";
import { textOf } from "../../../json.ts";
import { CognitoError, invalidParameter, notAuthorized, notSimulated } from "../cognito-error.ts";
import type { User } from "../directory/user.ts";
import { requiredText } from "../operations/operation.ts";
import type { ChallengeState, OpenChallenge } from "./challenges.ts";
import { answerSelected, chosenFactor } from "./choice.ts";
import { answerCustom } from "./custom-challenge.ts";
import { withAnsweredPassword } from "./new-password-challenge.ts";
import { afterFactors, afterPassword } from "./next-step.ts";
import { assertMaySignIn } from "./password-factor.ts";
import { challengeChosen, secondFactor } from "./second-factor.ts";
import { assertCode, assertTotp, LOCKED } from "./second-factor-answer.ts";
import { answerVerifier } from "./srp-challenge.ts";
import type { AuthCall, Step } from "./step.ts";
import { unknownUser, wrongPassword } from "./unknown-user.ts";

/** An answer to a challenge, as `RespondToAuthChallenge` has it. */
export interface ChallengeAnswer {
  readonly name: string;
  readonly session: string | undefined;
  readonly responses: JsonObject;
}

const KNOWN: ReadonlySet<string> = new Set<ChallengeState["name"]>([
  "PASSWORD_VERIFIER",
  "PASSWORD",
  "PASSWORD_SRP",
  "NEW_PASSWORD_REQUIRED",
  "SOFTWARE_TOKEN_MFA",
  "SMS_MFA",
  "EMAIL_OTP",
  "SMS_OTP",
  "SELECT_MFA_TYPE",
  "SELECT_CHALLENGE",
  "MFA_SETUP",
  "CUSTOM_CHALLENGE",
]);

/** Challenges of AWS that this pool never gives. */
const NOT_SIMULATED: ReadonlySet<string> = new Set([
  "WEB_AUTHN",
  "DEVICE_SRP_AUTH",
  "DEVICE_PASSWORD_VERIFIER",
]);

/** Errors of an answer that may be given again, with the same session. */
const CORRECTABLE: ReadonlySet<string> = new Set([
  "ExpiredCodeException",
  "CodeMismatchException",
  "InvalidPasswordException",
  "PasswordHistoryPolicyViolationException",
  "InvalidParameterException",
]);

/**
 * Goes on with a sign-in by the answer to its challenge. A session is valid once, unless the answer may be corrected.
 *
 * @throws CognitoError
 */
export async function answerChallenge(call: AuthCall, answer: ChallengeAnswer): Promise<Step> {
  const { name, responses } = answer;
  if (NOT_SIMULATED.has(name)) throw notSimulated(`the challenge ${name}`);
  if (!KNOWN.has(name)) throw invalidParameter(`Invalid challenge name ${name}`);
  const session = sessionOf(answer);
  const challenge = call.pool.challenges.take(session, call.client);
  try {
    const user = challengedUser(call, challenge, name, requiredText(responses, "USERNAME"));
    return await judged(call, challenge, user, responses);
  } catch (error) {
    if (!isOfOneAnswer(challenge) && isCorrectable(error)) call.pool.challenges.putBack(session, challenge);
    throw error;
  }
}

/** The proof of a password is given once; so is the answer that triggers judged. */
const isOfOneAnswer = ({ state }: OpenChallenge) =>
  state.name === "PASSWORD_VERIFIER" || state.name === "CUSTOM_CHALLENGE";

/** A user whose codes are locked for a while may try again afterwards. */
const isCorrectable = (error: unknown) =>
  error instanceof CognitoError && (CORRECTABLE.has(error.code) || error.message === LOCKED);

/** Without a session, the proof of a password is found by the secret block that it signs. */
function sessionOf({ name, session, responses }: ChallengeAnswer): string {
  if (session !== undefined && session !== "") return session;
  if (name === "PASSWORD_VERIFIER") return requiredText(responses, "PASSWORD_CLAIM_SECRET_BLOCK");
  throw invalidParameter("Missing required parameter Session");
}

/** The user of a challenge; only the name where no user has it. */
function challengedUser(
  { pool, client }: AuthCall,
  { username, userExists, state }: OpenChallenge,
  name: string,
  given: string,
): User | string {
  if (state.name !== name) throw notAuthorized("Invalid session for the user.");
  if (!userExists) {
    if (given !== username && given !== unknownUser(pool, username).username) {
      throw notAuthorized("Invalid session for the user.");
    }
    return username;
  }
  const user = pool.users.find(username);
  if (user === undefined) throw wrongPassword(client, false);
  if (pool.users.find(given)?.username !== username) throw notAuthorized("Invalid session for the user.");
  return user;
}

async function judged(
  call: AuthCall,
  challenge: OpenChallenge,
  user: User | string,
  responses: JsonObject,
): Promise<Step> {
  const { state } = challenge;
  switch (state.name) {
    case "PASSWORD_VERIFIER":
      return afterPassword(call, answerVerifier(call, user, state.srp, responses), challenge, state.name);
    case "CUSTOM_CHALLENGE":
      return answerCustom(call, user, challenge, state, responses);
    case "SELECT_CHALLENGE":
      return answerSelected(call, user, chosenFactor(state.choices, responses), responses);
    case "PASSWORD":
    case "PASSWORD_SRP":
      return answerSelected(call, user, state.name, responses);
    case "SMS_MFA":
    case "EMAIL_OTP":
    case "SMS_OTP":
      return afterFactors(call, assertCode(call, user, state, responses), challenge, state.name);
    case "SIGNED_UP":
      throw notAuthorized("Invalid session for the user.");
    case "NEW_PASSWORD_REQUIRED":
    case "SOFTWARE_TOKEN_MFA":
    case "SELECT_MFA_TYPE":
    case "MFA_SETUP":
      if (typeof user === "string") throw wrongPassword(call.client, false);
      assertMaySignIn(user, call.pool.now());
      return judgedOfUser(call, { ...challenge, state }, user, responses);
  }
}

/** The challenges that only a user gets who exists. */
async function judgedOfUser(
  call: AuthCall,
  challenge: OpenChallenge & { readonly state: LateState },
  user: User,
  responses: JsonObject,
): Promise<Step> {
  const { state } = challenge;
  switch (state.name) {
    case "NEW_PASSWORD_REQUIRED": {
      const changed = withAnsweredPassword(call, user, responses);
      const whose = { ...challenge, newPassword: true };
      return (await secondFactor(call, changed, whose)) ?? afterFactors(call, changed, whose, state.name);
    }
    case "SOFTWARE_TOKEN_MFA": {
      const proof = assertTotp(call, user, requiredText(responses, "SOFTWARE_TOKEN_MFA_CODE"));
      return afterFactors(call, proof, challenge, state.name);
    }
    case "SELECT_MFA_TYPE":
      return challengeChosen(call, user, challenge, state.choices, textOf(responses["ANSWER"]));
    case "MFA_SETUP":
      if (!state.verified)
        throw invalidParameter("MFA setup is not complete: verify the software token first");
      return afterFactors(call, user, challenge, state.name);
  }
}

type LateState = Extract<
  ChallengeState,
  { readonly name: "NEW_PASSWORD_REQUIRED" | "SOFTWARE_TOKEN_MFA" | "SELECT_MFA_TYPE" | "MFA_SETUP" }
>;
