import {
  accessTokenOf,
  addUser,
  answerTo,
  byPassword,
  call,
  claimsOf,
  PASSWORD,
  refusal,
  tokensOf,
} from "../../../../support/pool-users.ts";
import { testClient, testPool } from "../../../../support/user-pool.ts";

const EMAIL = "ada@example.com";

describe("signing in with a password", () => {
  it("gives three tokens", async () => {
    const pool = testPool();
    const user = addUser(pool, EMAIL);
    const answer = await call(pool, "InitiateAuth", byPassword(EMAIL));
    expect(answer).toEqual({
      ChallengeParameters: {},
      AuthenticationResult: {
        AccessToken: expect.any(String) as string,
        IdToken: expect.any(String) as string,
        RefreshToken: expect.any(String) as string,
        ExpiresIn: 3600,
        TokenType: "Bearer",
      },
    });
    expect(claimsOf(accessTokenOf(answer))).toMatchObject({
      username: user.username,
      client_id: "webclient",
      scope: "aws.cognito.signin.user.admin",
    });
    expect(claimsOf(tokensOf(answer)["IdToken"])).toMatchObject({ email: EMAIL, aud: "webclient" });
  });

  it("finds the user by sub and in any case of the address", async () => {
    const pool = testPool();
    addUser(pool, EMAIL);
    for (const name of [`sub-of-${EMAIL}`, EMAIL.toUpperCase()]) {
      expect(accessTokenOf(await call(pool, "InitiateAuth", byPassword(name)))).not.toBe("");
    }
  });

  it("asks for a new password in place of a temporary one, and tells the trigger so", async () => {
    const sources: unknown[] = [];
    const pool = testPool({
      triggers: {
        PreTokenGeneration: (event: { triggerSource: string; response: object }) => {
          sources.push(event.triggerSource);
          return event;
        },
      },
    });
    addUser(pool, EMAIL, { status: "FORCE_CHANGE_PASSWORD", temporaryUntil: Date.now() + 1_000_000 });
    const challenge = await call(pool, "InitiateAuth", byPassword(EMAIL));
    expect(challenge).toMatchObject({
      ChallengeName: "NEW_PASSWORD_REQUIRED",
      ChallengeParameters: { USER_ID_FOR_SRP: `sub-of-${EMAIL}`, requiredAttributes: "[]" },
    });
    const weak = answerTo(challenge, { USERNAME: EMAIL, NEW_PASSWORD: "short" });
    expect(await refusal(pool, "RespondToAuthChallenge", weak)).toBe(
      "InvalidPasswordException: Password did not conform with policy: Password not long enough",
    );
    const answer = answerTo(challenge, { USERNAME: EMAIL, NEW_PASSWORD: `${PASSWORD}!` });
    expect(accessTokenOf(await call(pool, "RespondToAuthChallenge", answer))).not.toBe("");
    expect(sources).toEqual(["TokenGeneration_NewPasswordChallenge"]);
    expect(await refusal(pool, "InitiateAuth", byPassword(EMAIL))).toBe(
      "NotAuthorizedException: Incorrect username or password.",
    );
    expect(accessTokenOf(await call(pool, "InitiateAuth", byPassword(EMAIL, `${PASSWORD}!`)))).not.toBe("");
  });
});

describe("a client's flows", () => {
  it("are the only ones that it signs users in with", async () => {
    const pool = testPool({
      config: { clients: [testClient({ ExplicitAuthFlows: ["ALLOW_USER_SRP_AUTH"] })] },
    });
    addUser(pool, EMAIL);
    expect(await refusal(pool, "InitiateAuth", byPassword(EMAIL))).toBe(
      "InvalidParameterException: USER_PASSWORD_AUTH flow not enabled for this client",
    );
  });
});
