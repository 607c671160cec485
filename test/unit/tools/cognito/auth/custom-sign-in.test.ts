import type { JsonObject } from "../../../../../src/json.ts";
import { accessTokenOf, addUser, answerTo, call, refusal } from "../../../../support/pool-users.ts";
import { type TriggerFunction, testClient, testPool } from "../../../../support/user-pool.ts";

const EMAIL = "ada@example.com";

interface ChallengeEvent {
  readonly triggerSource: string;
  readonly userName: string;
  readonly request: {
    readonly session?: readonly { readonly challengeResult: boolean }[];
    readonly challengeAnswer?: string;
    readonly privateChallengeParameters?: { readonly answer: string };
    readonly userNotFound?: boolean;
  };
  readonly response: object;
}

const INITIATE: JsonObject = {
  ClientId: "webclient",
  AuthFlow: "CUSTOM_AUTH",
  AuthParameters: { USERNAME: EMAIL },
  ClientMetadata: { from: "initiate" },
};

/** Asks for the answer `blue`, twice at most. */
function quizTriggers(events: ChallengeEvent[]): Record<string, TriggerFunction> {
  const recorded = (answer: (event: ChallengeEvent) => object) => (event: ChallengeEvent) => {
    events.push(event);
    return { ...event, response: answer(event) };
  };
  return {
    DefineAuthChallenge: recorded(({ request }) => {
      const results = request.session ?? [];
      const issueTokens = results.at(-1)?.challengeResult === true;
      const failAuthentication = !issueTokens && results.length === 2;
      return { issueTokens, failAuthentication, challengeName: "CUSTOM_CHALLENGE" };
    }),
    CreateAuthChallenge: recorded(() => ({
      publicChallengeParameters: { question: "which colour?" },
      privateChallengeParameters: { answer: "blue" },
      challengeMetadata: "COLOUR",
    })),
    VerifyAuthChallengeResponse: recorded(({ request }) => ({
      answerCorrect: request.challengeAnswer === request.privateChallengeParameters?.answer,
    })),
  };
}

describe("a sign-in that triggers lead", () => {
  it("asks what they ask, and gives tokens where they say so", async () => {
    const events: ChallengeEvent[] = [];
    const pool = testPool({ triggers: quizTriggers(events) });
    addUser(pool, EMAIL);
    const challenge = await call(pool, "InitiateAuth", INITIATE);
    expect(challenge).toMatchObject({
      ChallengeName: "CUSTOM_CHALLENGE",
      ChallengeParameters: { USERNAME: `sub-of-${EMAIL}`, question: "which colour?" },
    });
    expect(JSON.stringify(challenge)).not.toContain("blue");
    const wrong = answerTo(challenge, { USERNAME: EMAIL, ANSWER: "red" });
    const again = await call(pool, "RespondToAuthChallenge", {
      ...wrong,
      ClientMetadata: { from: "respond" },
    });
    expect(again).toMatchObject({ ChallengeName: "CUSTOM_CHALLENGE" });
    expect(again["Session"]).not.toBe(challenge["Session"]);
    const right = answerTo(again, { USERNAME: EMAIL, ANSWER: "blue" });
    expect(accessTokenOf(await call(pool, "RespondToAuthChallenge", right))).not.toBe("");

    expect(events.map(({ triggerSource }) => triggerSource)).toEqual([
      "DefineAuthChallenge_Authentication",
      "CreateAuthChallenge_Authentication",
      "VerifyAuthChallengeResponse_Authentication",
      "DefineAuthChallenge_Authentication",
      "CreateAuthChallenge_Authentication",
      "VerifyAuthChallengeResponse_Authentication",
      "DefineAuthChallenge_Authentication",
    ]);
    const failed = { challengeName: "CUSTOM_CHALLENGE", challengeResult: false, challengeMetadata: "COLOUR" };
    expect(events[0]?.request).toEqual({
      userAttributes: expect.objectContaining({ email: EMAIL }) as object,
      session: [],
    });
    expect(events[2]?.request).toMatchObject({
      privateChallengeParameters: { answer: "blue" },
      challengeAnswer: "red",
      clientMetadata: { from: "respond" },
    });
    expect(events[6]?.request.session).toEqual([failed, { ...failed, challengeResult: true }]);
  });

  it("ends where they say that it failed", async () => {
    const pool = testPool({ triggers: quizTriggers([]) });
    addUser(pool, EMAIL);
    const wrong = (challenge: JsonObject) => answerTo(challenge, { USERNAME: EMAIL, ANSWER: "red" });
    const first = await call(pool, "InitiateAuth", INITIATE);
    const second = await call(pool, "RespondToAuthChallenge", wrong(first));
    expect(await refusal(pool, "RespondToAuthChallenge", wrong(second))).toBe(
      "NotAuthorizedException: Incorrect username or password.",
    );
    expect(await refusal(pool, "RespondToAuthChallenge", wrong(second))).toContain("only be used once");
  });

  it("tells them of a name without a user where the client hides that, and gives no tokens", async () => {
    const events: ChallengeEvent[] = [];
    const triggers = quizTriggers(events);
    const client = testClient({ PreventUserExistenceErrors: "ENABLED" });
    const pool = testPool({ triggers, config: { clients: [client], triggers: new Set(TRIGGER_NAMES) } });
    const challenge = await call(pool, "InitiateAuth", INITIATE);
    expect(challenge).toMatchObject({ ChallengeName: "CUSTOM_CHALLENGE" });
    const right = answerTo(challenge, { USERNAME: EMAIL, ANSWER: "blue" });
    expect(await refusal(pool, "RespondToAuthChallenge", right)).toBe(
      "NotAuthorizedException: Incorrect username or password.",
    );
    for (const { request } of events) expect(request.userNotFound).toBe(true);
  });

  it.each<[string, Partial<Parameters<typeof addUser>[2]>, string]>([
    ["is not confirmed", { status: "UNCONFIRMED" }, "UserNotConfirmedException"],
    ["is disabled", { enabled: false }, "User is disabled."],
    ["belongs to a provider", { status: "EXTERNAL_PROVIDER" }, "NotAuthorizedException"],
  ])("gives no tokens to a user who %s", async (_, changes, text) => {
    const pool = testPool({ triggers: quizTriggers([]) });
    // The address of a provider's user does not name the user.
    const { username: USERNAME } = addUser(pool, EMAIL, changes);
    const challenge = await call(pool, "InitiateAuth", { ...INITIATE, AuthParameters: { USERNAME } });
    const right = answerTo(challenge, { USERNAME, ANSWER: "blue" });
    expect(await refusal(pool, "RespondToAuthChallenge", right)).toContain(text);
  });

  it.each([
    [{ issueTokens: false, failAuthentication: false }, "InvalidLambdaResponseException"],
    [{ challengeName: "PASSWORD_VERIFIER" }, "InvalidLambdaResponseException"],
    [{ challengeName: "SMS_MFA" }, "does not simulate the challenge SMS_MFA"],
    [{ issueTokens: "yes" }, "InvalidLambdaResponseException"],
  ])("fails on the answer %j", async (response, text) => {
    const triggers = {
      ...quizTriggers([]),
      DefineAuthChallenge: (event: object) => ({ ...event, response }),
    };
    const pool = testPool({ triggers });
    addUser(pool, EMAIL);
    expect(await refusal(pool, "InitiateAuth", INITIATE)).toContain(text);
  });

  it("needs all three of them", async () => {
    const { CreateAuthChallenge: _, ...two } = quizTriggers([]);
    const pool = testPool({ triggers: two });
    addUser(pool, EMAIL);
    expect(await refusal(pool, "InitiateAuth", INITIATE)).toBe(
      "InvalidParameterException: Custom auth lambda trigger is not configured for the user pool.",
    );
  });
});

const TRIGGER_NAMES = ["DefineAuthChallenge", "CreateAuthChallenge", "VerifyAuthChallengeResponse"] as const;
