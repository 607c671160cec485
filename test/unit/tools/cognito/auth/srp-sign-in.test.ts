import { objectOf } from "../../../../../src/json.ts";
import type { Pool } from "../../../../../src/tools/cognito/pool.ts";
import { accessTokenOf, addUser, call, PASSWORD, refusal } from "../../../../support/pool-users.ts";
import { SRP_CLIENTS, type SrpClient } from "../../../../support/srp-clients.ts";
import { testClient, testPool } from "../../../../support/user-pool.ts";

const EMAIL = "ada@example.com";
const POOL_NAME = "LocalPool";

const hidesUsers = testClient({ PreventUserExistenceErrors: "ENABLED" });

async function challengeOf(pool: Pool, client: SrpClient, username = EMAIL) {
  const answer = await call(pool, "InitiateAuth", {
    ClientId: "webclient",
    AuthFlow: "USER_SRP_AUTH",
    AuthParameters: { USERNAME: username, SRP_A: client.srpA },
  });
  return { answer, parameters: objectOf(answer["ChallengeParameters"]) };
}

const proof = (responses: Record<string, string>) => ({
  ClientId: "webclient",
  ChallengeName: "PASSWORD_VERIFIER",
  ChallengeResponses: responses,
});

describe.each(Object.entries(SRP_CLIENTS))("signing in by SRP with the arithmetic of %s", (_, newClient) => {
  it("gives tokens for the right password", async () => {
    const pool = testPool();
    const user = addUser(pool, EMAIL);
    const client = await newClient(POOL_NAME);
    const { answer, parameters } = await challengeOf(pool, client);
    expect(answer).toMatchObject({ ChallengeName: "PASSWORD_VERIFIER" });
    // As on AWS, the secret block is all that the challenge is found by.
    expect(answer).not.toHaveProperty("Session");
    expect(parameters).toMatchObject({ USERNAME: user.username, USER_ID_FOR_SRP: user.username });
    const responses = await client.respond(parameters, PASSWORD);
    expect(accessTokenOf(await call(pool, "RespondToAuthChallenge", proof(responses)))).not.toBe("");
  });

  it("succeeds for other salts and exponents", async () => {
    const pool = testPool();
    for (let turn = 0; turn < 3; turn++) {
      const user = addUser(pool, `user${turn}@example.com`);
      const client = await newClient(POOL_NAME);
      const { parameters } = await challengeOf(pool, client, user.username);
      const responses = await client.respond(parameters, PASSWORD);
      expect(accessTokenOf(await call(pool, "RespondToAuthChallenge", proof(responses)))).not.toBe("");
    }
  });

  it("refuses a wrong password, and the same proof another time", async () => {
    const pool = testPool();
    addUser(pool, EMAIL);
    const client = await newClient(POOL_NAME);
    const { parameters } = await challengeOf(pool, client);
    const wrong = proof(await client.respond(parameters, `${PASSWORD}x`));
    expect(await refusal(pool, "RespondToAuthChallenge", wrong)).toBe(
      "NotAuthorizedException: Incorrect username or password.",
    );
    const right = proof(await client.respond(parameters, PASSWORD));
    expect(await refusal(pool, "RespondToAuthChallenge", right)).toBe(
      "NotAuthorizedException: Invalid session for the user, session can only be used once.",
    );
  });

  it("treats a name without a user like a user with another password", async () => {
    const pool = testPool({ config: { clients: [hidesUsers] } });
    const client = await newClient(POOL_NAME);
    const { parameters } = await challengeOf(pool, client, "nobody@example.com");
    const again = await challengeOf(pool, await newClient(POOL_NAME), "Nobody@example.com");
    expect(again.parameters).toMatchObject({
      SALT: parameters["SALT"],
      USER_ID_FOR_SRP: parameters["USER_ID_FOR_SRP"],
    });
    expect(parameters["USER_ID_FOR_SRP"]).toMatch(
      /^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/,
    );
    expect(
      await refusal(pool, "RespondToAuthChallenge", proof(await client.respond(parameters, PASSWORD))),
    ).toBe("NotAuthorizedException: Incorrect username or password.");
  });

  it("begins a custom sign-in", async () => {
    const sessions: unknown[] = [];
    const pool = testPool({
      triggers: {
        DefineAuthChallenge: (event: {
          request: { session: { challengeName: string }[] };
          response: object;
        }) => {
          const { session } = event.request;
          sessions.push(session);
          const last = session.at(-1)?.challengeName;
          const next = last === "SRP_A" ? { challengeName: "PASSWORD_VERIFIER" } : { issueTokens: true };
          return { ...event, response: { issueTokens: false, failAuthentication: false, ...next } };
        },
        CreateAuthChallenge: (event: object) => event,
        VerifyAuthChallengeResponse: (event: object) => event,
      },
    });
    addUser(pool, EMAIL);
    const client = await newClient(POOL_NAME);
    const answer = await call(pool, "InitiateAuth", {
      ClientId: "webclient",
      AuthFlow: "CUSTOM_AUTH",
      AuthParameters: { USERNAME: EMAIL, CHALLENGE_NAME: "SRP_A", SRP_A: client.srpA },
    });
    expect(answer).toMatchObject({
      ChallengeName: "PASSWORD_VERIFIER",
      Session: expect.any(String) as string,
    });
    const responses = await client.respond(objectOf(answer["ChallengeParameters"]), PASSWORD);
    const tokens = await call(pool, "RespondToAuthChallenge", {
      ...proof(responses),
      Session: answer["Session"],
    });
    expect(accessTokenOf(tokens)).not.toBe("");
    const srp = { challengeName: "SRP_A", challengeResult: true };
    expect(sessions).toEqual([[srp], [srp, { challengeName: "PASSWORD_VERIFIER", challengeResult: true }]]);
  });
});
