import type { JsonObject } from "../../../../../src/json.ts";
import { objectOf } from "../../../../../src/json.ts";
import type { PoolConfig } from "../../../../../src/tools/cognito/config/pool-config.ts";
import type { User } from "../../../../../src/tools/cognito/directory/user.ts";
import { accessTokenOf, addUser, answerTo, call, PASSWORD, refusal } from "../../../../support/pool-users.ts";
import { SRP_CLIENTS } from "../../../../support/srp-clients.ts";
import { testClient, testPool } from "../../../../support/user-pool.ts";

const EMAIL = "ada@example.com";
const PHONE = "+15550001234";

const initiate = (parameters: JsonObject, username = EMAIL): JsonObject => ({
  ClientId: "webclient",
  AuthFlow: "USER_AUTH",
  AuthParameters: { USERNAME: username, ...parameters },
});

function poolWith(changes: Partial<User> = {}, config: Partial<PoolConfig> = {}) {
  const pool = testPool({ config: { firstFactors: ["PASSWORD", "EMAIL_OTP", "SMS_OTP"], ...config } });
  addUser(pool, EMAIL, changes);
  return pool;
}

describe("USER_AUTH without a preference", () => {
  it("says what the user can choose from", async () => {
    const pool = poolWith({ attributes: { phone_number: PHONE, phone_number_verified: "true" } });
    expect(await call(pool, "InitiateAuth", initiate({}))).toEqual({
      ChallengeName: "SELECT_CHALLENGE",
      ChallengeParameters: { USERNAME: `sub-of-${EMAIL}` },
      AvailableChallenges: ["EMAIL_OTP", "SMS_OTP", "PASSWORD_SRP", "PASSWORD"],
      Session: expect.any(String) as string,
    });
  });

  it.each<[string, Partial<User>, Partial<PoolConfig>]>([
    ["an address that is not verified", { attributes: { email_verified: "false" } }, {}],
    ["a temporary password", { status: "FORCE_CHANGE_PASSWORD" }, {}],
    ["an account of a provider", { status: "EXTERNAL_PROVIDER" }, {}],
    ["a pool that has passwords only", {}, { firstFactors: ["PASSWORD"] }],
    ["a pool that requires a second factor", {}, { mfa: { mode: "ON", methods: ["SOFTWARE_TOKEN_MFA"] } }],
    [
      "a second factor of one's own",
      { mfa: { enabled: ["EMAIL_OTP"] } },
      { mfa: { mode: "OPTIONAL", methods: ["EMAIL_OTP"] } },
    ],
  ])("offers no codes with %s", async (_, changes, config) => {
    const answer = await call(poolWith(changes, config), "InitiateAuth", initiate({}, `sub-of-${EMAIL}`));
    expect(answer["AvailableChallenges"]).toEqual(["PASSWORD_SRP", "PASSWORD"]);
  });

  it("goes on with the password that the choice brings along, or asks for it", async () => {
    const pool = poolWith();
    const choice = await call(pool, "InitiateAuth", initiate({}));
    const direct = answerTo(choice, { USERNAME: EMAIL, ANSWER: "PASSWORD", PASSWORD });
    expect(accessTokenOf(await call(pool, "RespondToAuthChallenge", direct))).not.toBe("");
    const second = await call(pool, "InitiateAuth", initiate({}));
    const asked = await call(
      pool,
      "RespondToAuthChallenge",
      answerTo(second, { USERNAME: EMAIL, ANSWER: "PASSWORD" }),
    );
    expect(asked).toMatchObject({ ChallengeName: "PASSWORD" });
    const answer = answerTo(asked, { USERNAME: EMAIL, PASSWORD });
    expect(accessTokenOf(await call(pool, "RespondToAuthChallenge", answer))).not.toBe("");
  });

  it("takes no choice that is not offered", async () => {
    const pool = poolWith();
    const choice = await call(pool, "InitiateAuth", initiate({}));
    const answer = (chosen: string) => answerTo(choice, { USERNAME: EMAIL, ANSWER: chosen });
    expect(await refusal(pool, "RespondToAuthChallenge", answer("SMS_OTP"))).toContain(
      "InvalidParameterException",
    );
    expect(await refusal(pool, "RespondToAuthChallenge", answer("WEB_AUTHN"))).toBe(
      "InvalidParameterException: this local user pool does not simulate the challenge WEB_AUTHN",
    );
  });
});

describe("USER_AUTH with a preference", () => {
  it.each([
    ["EMAIL_OTP", EMAIL, "EMAIL_OTP_CODE"],
    ["SMS_OTP", PHONE, "SMS_OTP_CODE"],
  ])("sends a code of eight digits for %s, which signs in", async (preferred, to, parameter) => {
    const pool = poolWith({ attributes: { phone_number: PHONE, phone_number_verified: "true" } });
    const challenge = await call(pool, "InitiateAuth", initiate({ PREFERRED_CHALLENGE: preferred }));
    expect(challenge).toMatchObject({ ChallengeName: preferred });
    const [mail] = pool.mailbox.list(to);
    expect(mail?.code).toMatch(/^\d{8}$/);
    const wrong = answerTo(challenge, { USERNAME: EMAIL, [parameter]: "12345" });
    expect(await refusal(pool, "RespondToAuthChallenge", wrong)).toContain("CodeMismatchException");
    const right = answerTo(challenge, { USERNAME: EMAIL, [parameter]: mail?.code });
    expect(accessTokenOf(await call(pool, "RespondToAuthChallenge", right))).not.toBe("");
  });

  it("falls back to the choice where the user cannot have it", async () => {
    const answer = await call(poolWith(), "InitiateAuth", initiate({ PREFERRED_CHALLENGE: "SMS_OTP" }));
    expect(answer).toMatchObject({ ChallengeName: "SELECT_CHALLENGE" });
  });

  it("signs in with the password at once", async () => {
    const parameters = { PREFERRED_CHALLENGE: "PASSWORD", PASSWORD };
    expect(accessTokenOf(await call(poolWith(), "InitiateAuth", initiate(parameters)))).not.toBe("");
  });

  it.each(Object.entries(SRP_CLIENTS))("proves the password by SRP as %s does", async (_, newClient) => {
    const pool = poolWith();
    const client = await newClient("LocalPool");
    const parameters = { PREFERRED_CHALLENGE: "PASSWORD_SRP", SRP_A: client.srpA };
    const challenge = await call(pool, "InitiateAuth", initiate(parameters));
    expect(challenge).toMatchObject({
      ChallengeName: "PASSWORD_VERIFIER",
      Session: expect.any(String) as string,
    });
    const responses = await client.respond(objectOf(challenge["ChallengeParameters"]), PASSWORD);
    expect(
      accessTokenOf(await call(pool, "RespondToAuthChallenge", answerTo(challenge, responses))),
    ).not.toBe("");
  });

  it.each(["WEB_AUTHN", "PIGEON"])("for %s is refused by its name", async (preferred) => {
    const request = initiate({ PREFERRED_CHALLENGE: preferred });
    expect(await refusal(poolWith(), "InitiateAuth", request)).toContain(preferred);
  });
});

describe("USER_AUTH after a sign-up", () => {
  const signUp = { ClientId: "webclient", Username: "new@example.com" };

  async function confirmed(pool = poolWith()) {
    await call(pool, "SignUp", { ...signUp, Password: PASSWORD });
    const ConfirmationCode = pool.mailbox.list("new@example.com")[0]?.code;
    return { pool, answer: await call(pool, "ConfirmSignUp", { ...signUp, ConfirmationCode }) };
  }

  it("needs no other proof than the code that confirmed it, once", async () => {
    const { pool, answer } = await confirmed();
    const request = { ...initiate({}, "new@example.com"), Session: answer["Session"] };
    const others = { ...initiate({}, EMAIL), Session: (await confirmed()).answer["Session"] };
    expect(accessTokenOf(await call(pool, "InitiateAuth", request))).not.toBe("");
    expect(await refusal(pool, "InitiateAuth", request)).toContain("session can only be used once");
    expect(await refusal(pool, "InitiateAuth", others)).toContain("Invalid session");
  });

  it("is for the user of the sign-up alone, and for no other flow", async () => {
    const { pool, answer } = await confirmed();
    const Session = answer["Session"];
    const flow = { AuthFlow: "USER_PASSWORD_AUTH", AuthParameters: { USERNAME: EMAIL, PASSWORD } };
    expect(await refusal(pool, "InitiateAuth", { ClientId: "webclient", ...flow, Session })).toContain(
      "InvalidParameterException",
    );
    const responses = { ChallengeName: "SIGNED_UP", ChallengeResponses: { USERNAME: "new@example.com" } };
    expect(
      await refusal(pool, "RespondToAuthChallenge", { ClientId: "webclient", ...responses, Session }),
    ).toContain("InvalidParameterException");
    expect(await refusal(pool, "InitiateAuth", { ...initiate({}, EMAIL), Session })).toBe(
      "NotAuthorizedException: Invalid session for the user.",
    );
  });

  it("is not offered to a client without the flow", async () => {
    const client = testClient({ ExplicitAuthFlows: ["ALLOW_USER_SRP_AUTH"] });
    expect((await confirmed(poolWith({}, { clients: [client] }))).answer).toEqual({});
  });
});

test("GetUserAuthFactors lists what a user can sign in with", async () => {
  const pool = poolWith();
  const parameters = { PREFERRED_CHALLENGE: "PASSWORD", PASSWORD };
  const AccessToken = accessTokenOf(await call(pool, "InitiateAuth", initiate(parameters)));
  const facts = { Username: `sub-of-${EMAIL}`, ConfiguredUserAuthFactors: ["EMAIL_OTP", "PASSWORD"] };
  expect(await call(pool, "GetUserAuthFactors", { AccessToken })).toEqual(facts);
  const admin = { UserPoolId: "us-east-1_LocalPool", Username: EMAIL };
  expect(await call(pool, "AdminGetUserAuthFactors", admin)).toEqual(facts);
});
