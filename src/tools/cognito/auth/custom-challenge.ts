import { type JsonObject, objectOf, textMapOf, textOf } from "../../../json.ts";
import { CognitoError, invalidParameter, notAuthorized, notSimulated } from "../cognito-error.ts";
import type { TriggerName } from "../config/pool-config.ts";
import type { User } from "../directory/user.ts";
import { requiredText } from "../operations/operation.ts";
import type { Challenged, ChallengeResult, ChallengeState, CustomProgress } from "./challenges.ts";
import { assertMaySignIn, shownRecord } from "./password-factor.ts";
import { proven } from "./proven.ts";
import { challengeVerifier } from "./srp-challenge.ts";
import { type AuthCall, ask, authEvent, firstOf, type Step, userNotFound } from "./step.ts";

type CustomState = Extract<ChallengeState, { readonly name: "CUSTOM_CHALLENGE" }>;

/** Whose challenge it is, in a sign-in that triggers lead. */
type Led = Challenged & { readonly custom: CustomProgress };

const TRIGGERS: readonly TriggerName[] = [
  "DefineAuthChallenge",
  "CreateAuthChallenge",
  "VerifyAuthChallengeResponse",
];

/**
 * Begins a sign-in that the three challenge triggers lead.
 *
 * @param user the given name where no user has it, which the client must not notice
 * @param srpA where the password comes first
 */
export async function startCustom(
  call: AuthCall,
  user: User | string,
  srpA: string | undefined,
): Promise<Step> {
  if (TRIGGERS.some((trigger) => !call.pool.config.triggers.has(trigger))) {
    throw invalidParameter("Custom auth lambda trigger is not configured for the user pool.");
  }
  const custom: CustomProgress =
    srpA === undefined
      ? { results: [] }
      : { results: [{ challengeName: "SRP_A", challengeResult: true }], srpA };
  return continueCustom(call, user, { ...firstOf(user), custom });
}

/**
 * Asks DefineAuthChallenge how the sign-in goes on.
 * https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-lambda-define-auth-challenge.html
 */
export async function continueCustom(call: AuthCall, user: User | string, whose: Led): Promise<Step> {
  const { custom } = whose;
  const response = await runChallengeTrigger(
    call,
    "DefineAuthChallenge",
    user,
    { session: custom.results },
    { challengeName: null, issueTokens: null, failAuthentication: null },
  );
  if (response["failAuthentication"] === true) throw notAuthorized("Incorrect username or password.");
  if (response["issueTokens"] === true) {
    // Read again: the trigger may have changed the user.
    const now = typeof user === "string" ? undefined : call.pool.users.find(user.username);
    if (now === undefined) throw notAuthorized("Incorrect username or password.");
    assertMaySignIn(now, call.pool.now());
    return proven(call, now, whose.newPassword);
  }
  const next = textOf(response["challengeName"]);
  if (next === "CUSTOM_CHALLENGE") return createChallenge(call, user, whose);
  if (next === "PASSWORD_VERIFIER" && custom.srpA !== undefined) {
    return challengeVerifier(call, user, whose, custom.srpA, "session");
  }
  if (next === undefined || next === "PASSWORD_VERIFIER") {
    throw new CognitoError("InvalidLambdaResponseException", "Unrecognizable lambda output");
  }
  throw notSimulated(`the challenge ${next} after DefineAuthChallenge`);
}

/** Takes the answer to a custom challenge: VerifyAuthChallengeResponse judges it. */
export async function answerCustom(
  call: AuthCall,
  user: User | string,
  whose: Challenged,
  { privateParameters, metadata }: CustomState,
  responses: JsonObject,
): Promise<Step> {
  const response = await runChallengeTrigger(
    call,
    "VerifyAuthChallengeResponse",
    user,
    { privateChallengeParameters: privateParameters, challengeAnswer: requiredText(responses, "ANSWER") },
    { answerCorrect: null },
  );
  const result: ChallengeResult = {
    challengeName: "CUSTOM_CHALLENGE",
    challengeResult: response["answerCorrect"] === true,
    ...(metadata === undefined ? {} : { challengeMetadata: metadata }),
  };
  const before = whose.custom?.results ?? [];
  return continueCustom(call, user, { ...whose, custom: { results: [...before, result] } });
}

async function createChallenge(call: AuthCall, user: User | string, whose: Led): Promise<Step> {
  const name = "CUSTOM_CHALLENGE";
  const response = await runChallengeTrigger(
    call,
    "CreateAuthChallenge",
    user,
    { challengeName: name, session: whose.custom.results },
    { publicChallengeParameters: null, privateChallengeParameters: null, challengeMetadata: null },
  );
  const metadata = textOf(response["challengeMetadata"]);
  return ask(
    call,
    whose,
    {
      name,
      privateParameters: objectOf(response["privateChallengeParameters"]),
      ...(metadata === undefined ? {} : { metadata }),
    },
    { USERNAME: shownRecord(call.pool, user).username, ...textMapOf(response["publicChallengeParameters"]) },
  );
}

async function runChallengeTrigger(
  call: AuthCall,
  trigger: "DefineAuthChallenge" | "CreateAuthChallenge" | "VerifyAuthChallengeResponse",
  user: User | string,
  request: JsonObject,
  response: JsonObject,
): Promise<JsonObject> {
  const own = { ...request, ...userNotFound(call, user) };
  const event = authEvent(call, `${trigger}_Authentication`, user, own, response);
  return call.pool.runTrigger(trigger, event);
}
