import type { Triggers } from "./user-pool.ts";

interface ChallengeEvent {
  readonly request: {
    readonly session: readonly { readonly challengeName: string; readonly challengeResult: boolean }[];
    readonly challengeAnswer?: string;
    readonly privateChallengeParameters?: { readonly answer: string };
  };
  readonly response: object;
}

/**
 * Triggers of a custom sign-in: a sum, in two tries. Where the client begins with SRP, the password comes first.
 */
export const RIDDLE: Triggers = {
  DefineAuthChallenge: (event: ChallengeEvent) => ({ ...event, response: next(event.request.session) }),
  CreateAuthChallenge: (event: ChallengeEvent) => ({
    ...event,
    response: {
      publicChallengeParameters: { question: "2 + 2" },
      privateChallengeParameters: { answer: "4" },
      challengeMetadata: "SUM",
    },
  }),
  VerifyAuthChallengeResponse: (event: ChallengeEvent) => ({
    ...event,
    response: {
      answerCorrect: event.request.challengeAnswer === event.request.privateChallengeParameters?.answer,
    },
  }),
};

function next(session: ChallengeEvent["request"]["session"]): object {
  const goOn = (challengeName: string) => ({ challengeName, issueTokens: false, failAuthentication: false });
  const last = session.at(-1);
  if (last?.challengeName === "SRP_A") return goOn("PASSWORD_VERIFIER");
  const answers = session.filter(({ challengeName }) => challengeName === "CUSTOM_CHALLENGE");
  if (answers.some(({ challengeResult }) => challengeResult)) {
    return { issueTokens: true, failAuthentication: false };
  }
  if (answers.length >= 2) return { issueTokens: false, failAuthentication: true };
  return goOn("CUSTOM_CHALLENGE");
}
