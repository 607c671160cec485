import { objectOf, textOf } from "../../../../../src/json.ts";
import { totpCode, totpStepAt } from "../../../../../src/tools/cognito/auth/totp.ts";
import type { MfaConfig } from "../../../../../src/tools/cognito/config/pool-config.ts";
import type { User } from "../../../../../src/tools/cognito/directory/user.ts";
import {
  accessTokenOf,
  addUser,
  answerTo,
  byPassword,
  call,
  outcome,
  PASSWORD,
  refusal,
} from "../../../../support/pool-users.ts";
import { testPool } from "../../../../support/user-pool.ts";

const EMAIL = "ada@example.com";
const SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";
const STEP_MS = 30_000;

const ALL: MfaConfig["methods"] = ["SMS_MFA", "SOFTWARE_TOKEN_MFA", "EMAIL_OTP"];

/** A pool with a clock of the test, and a user in it. */
function poolWith(mode: MfaConfig["mode"], methods: MfaConfig["methods"], changes: Partial<User> = {}) {
  let now = Date.parse("2026-11-29T06:00:00Z");
  const pool = testPool({ config: { mfa: { mode, methods } }, now: () => now });
  const user = addUser(pool, EMAIL, changes);
  const codeNow = (secret = SECRET) => totpCode(secret, totpStepAt(now));
  const wait = (ms: number) => (now += ms);
  return { pool, user, codeNow, wait };
}

const withToken = { mfa: { enabled: ["SOFTWARE_TOKEN_MFA"], totpSecret: SECRET } } satisfies Partial<User>;

describe("a second factor by an authenticator app", () => {
  it("is asked for after the password, and its code gives tokens", async () => {
    const { pool, user, codeNow } = poolWith("OPTIONAL", ALL, withToken);
    const challenge = await call(pool, "InitiateAuth", byPassword(EMAIL));
    expect(challenge).toMatchObject({
      ChallengeName: "SOFTWARE_TOKEN_MFA",
      ChallengeParameters: { USER_ID_FOR_SRP: user.username },
    });
    const wrong = answerTo(challenge, { USERNAME: EMAIL, SOFTWARE_TOKEN_MFA_CODE: "000000" });
    expect(await refusal(pool, "RespondToAuthChallenge", wrong)).toBe(
      "CodeMismatchException: Invalid code received for user",
    );
    const right = answerTo(challenge, { USERNAME: EMAIL, SOFTWARE_TOKEN_MFA_CODE: codeNow() });
    expect(accessTokenOf(await call(pool, "RespondToAuthChallenge", right))).not.toBe("");
  });

  it("takes no code twice, nor one from before the last", async () => {
    const { pool, codeNow, wait } = poolWith("OPTIONAL", ALL, withToken);
    const before = codeNow();
    wait(STEP_MS);
    const used = codeNow();
    const answer = async (code: string) => {
      const challenge = await call(pool, "InitiateAuth", byPassword(EMAIL));
      return answerTo(challenge, { USERNAME: EMAIL, SOFTWARE_TOKEN_MFA_CODE: code });
    };
    await call(pool, "RespondToAuthChallenge", await answer(used));
    const spent = "ExpiredCodeException: Your software token has already been used once.";
    const again = await answer(used);
    expect(await refusal(pool, "RespondToAuthChallenge", again)).toBe(spent);
    expect(await refusal(pool, "RespondToAuthChallenge", await answer(before))).toBe(spent);
    // The next code is taken by the session that was refused.
    wait(STEP_MS);
    const next = { ...again, ChallengeResponses: { USERNAME: EMAIL, SOFTWARE_TOKEN_MFA_CODE: codeNow() } };
    expect(accessTokenOf(await call(pool, "RespondToAuthChallenge", next))).not.toBe("");
  });

  it("stays what it was until a code of another one is verified", async () => {
    const { pool, codeNow, wait } = poolWith("OPTIONAL", ALL);
    const AccessToken = accessTokenOf(await call(pool, "InitiateAuth", byPassword(EMAIL)));
    const associate = async () =>
      textOf((await call(pool, "AssociateSoftwareToken", { AccessToken }))["SecretCode"]) ?? "";
    const first = await associate();
    await call(pool, "VerifySoftwareToken", { AccessToken, UserCode: codeNow(first) });
    await call(pool, "SetUserMFAPreference", { AccessToken, SoftwareTokenMfaSettings: { Enabled: true } });
    const signInBy = async (secret: string) => {
      wait(STEP_MS);
      const challenge = await call(pool, "InitiateAuth", byPassword(EMAIL));
      expect(challenge).toMatchObject({ ChallengeName: "SOFTWARE_TOKEN_MFA" });
      const responses = { USERNAME: EMAIL, SOFTWARE_TOKEN_MFA_CODE: codeNow(secret) };
      return outcome(pool, "RespondToAuthChallenge", answerTo(challenge, responses));
    };

    const second = await associate();
    expect(await signInBy(first)).toBe("answered");
    expect(await signInBy(second)).toBe("CodeMismatchException: Invalid code received for user");
    wait(STEP_MS);
    await call(pool, "VerifySoftwareToken", { AccessToken, UserCode: codeNow(second) });
    expect(await signInBy(first)).toBe("CodeMismatchException: Invalid code received for user");
    expect(await signInBy(second)).toBe("answered");
  });

  it("is set up by a user who is signed in", async () => {
    const { pool, codeNow, wait } = poolWith("OPTIONAL", ALL);
    const AccessToken = accessTokenOf(await call(pool, "InitiateAuth", byPassword(EMAIL)));
    const associated = await call(pool, "AssociateSoftwareToken", { AccessToken });
    const secret = textOf(associated["SecretCode"]) ?? "";
    const unproven = { AccessToken, SoftwareTokenMfaSettings: { Enabled: true, PreferredMfa: true } };
    expect(await refusal(pool, "SetUserMFAPreference", unproven)).toBe(
      "InvalidParameterException: User does not have delivery config set to turn on SOFTWARE_TOKEN_MFA",
    );
    expect(await refusal(pool, "VerifySoftwareToken", { AccessToken, UserCode: "000000" })).toBe(
      "EnableSoftwareTokenMFAException: Code mismatch and fail enable Software Token MFA",
    );
    const verify = { AccessToken, UserCode: codeNow(secret), FriendlyDeviceName: "telephone" };
    expect(await call(pool, "VerifySoftwareToken", verify)).toEqual({ Status: "SUCCESS" });
    // Not asked for before the user turns it on.
    expect(accessTokenOf(await call(pool, "InitiateAuth", byPassword(EMAIL)))).not.toBe("");
    await call(pool, "SetUserMFAPreference", unproven);
    const challenge = await call(pool, "InitiateAuth", byPassword(EMAIL));
    expect(challenge).toMatchObject({
      ChallengeName: "SOFTWARE_TOKEN_MFA",
      ChallengeParameters: { FRIENDLY_DEVICE_NAME: "telephone" },
    });
    const answer = (code: string) => answerTo(challenge, { USERNAME: EMAIL, SOFTWARE_TOKEN_MFA_CODE: code });
    // The code of the setup is used, too.
    expect(await refusal(pool, "RespondToAuthChallenge", answer(codeNow(secret)))).toContain("ExpiredCode");
    wait(STEP_MS);
    expect(accessTokenOf(await call(pool, "RespondToAuthChallenge", answer(codeNow(secret))))).not.toBe("");
    expect(await call(pool, "GetUser", { AccessToken })).toMatchObject({
      PreferredMfaSetting: "SOFTWARE_TOKEN_MFA",
      UserMFASettingList: ["SOFTWARE_TOKEN_MFA"],
    });
  });

  it("does not exist in a pool without it", async () => {
    const { pool } = poolWith("OPTIONAL", ["SMS_MFA"]);
    const AccessToken = accessTokenOf(await call(pool, "InitiateAuth", byPassword(EMAIL)));
    expect(await refusal(pool, "AssociateSoftwareToken", { AccessToken })).toBe(
      "SoftwareTokenMFANotFoundException: Software Token MFA has not been enabled by the userPool.",
    );
  });
});

describe("a pool that requires a second factor", () => {
  it("has a user without one set it up first, by the session of the sign-in", async () => {
    const { pool, codeNow } = poolWith("ON", ["SOFTWARE_TOKEN_MFA"]);
    const challenge = await call(pool, "InitiateAuth", byPassword(EMAIL));
    expect(challenge).toMatchObject({
      ChallengeName: "MFA_SETUP",
      ChallengeParameters: { MFAS_CAN_SETUP: '["SOFTWARE_TOKEN_MFA"]' },
    });
    const early = answerTo(challenge, { USERNAME: EMAIL });
    expect(await refusal(pool, "RespondToAuthChallenge", early)).toContain("InvalidParameterException");
    const associated = await call(pool, "AssociateSoftwareToken", { Session: challenge["Session"] });
    const secret = textOf(associated["SecretCode"]) ?? "";
    expect(await refusal(pool, "RespondToAuthChallenge", early)).toContain("session can only be used once");
    const Session = associated["Session"];
    expect(await refusal(pool, "VerifySoftwareToken", { Session, UserCode: "000000" })).toContain(
      "EnableSoftwareTokenMFAException",
    );
    const verified = await call(pool, "VerifySoftwareToken", { Session, UserCode: codeNow(secret) });
    expect(verified).toMatchObject({ Status: "SUCCESS" });
    const done = { ...early, Session: verified["Session"] };
    expect(accessTokenOf(await call(pool, "RespondToAuthChallenge", done))).not.toBe("");
    expect(await call(pool, "InitiateAuth", byPassword(EMAIL))).toMatchObject({
      ChallengeName: "SOFTWARE_TOKEN_MFA",
    });
  });

  it("asks for it after a new password as well", async () => {
    const { pool } = poolWith("ON", ["SOFTWARE_TOKEN_MFA"], { status: "FORCE_CHANGE_PASSWORD" });
    const challenge = await call(pool, "InitiateAuth", byPassword(EMAIL));
    const answer = answerTo(challenge, { USERNAME: EMAIL, NEW_PASSWORD: `${PASSWORD}!` });
    expect(await call(pool, "RespondToAuthChallenge", answer)).toMatchObject({ ChallengeName: "MFA_SETUP" });
  });
});

describe("a second factor by a code that is sent", () => {
  it.each([
    ["SMS_MFA", "SMS_MFA_CODE", "+15550001234", "SMS", "+*******1234"],
    ["EMAIL_OTP", "EMAIL_OTP_CODE", EMAIL, "EMAIL", "a***@e***"],
  ] as const)("%s takes the code of the message", async (method, parameter, to, medium, masked) => {
    const { pool } = poolWith("OPTIONAL", ALL, {
      mfa: { enabled: [method] },
      attributes: { phone_number: "+15550001234" },
    });
    const challenge = await call(pool, "InitiateAuth", byPassword(EMAIL));
    expect(challenge).toMatchObject({
      ChallengeName: method,
      ChallengeParameters: {
        CODE_DELIVERY_DELIVERY_MEDIUM: medium,
        CODE_DELIVERY_DESTINATION: masked,
      },
    });
    const [mail] = pool.mailbox.list(to);
    expect(mail).toMatchObject({
      medium,
      about: "Authentication",
      code: expect.stringMatching(/^\d{6}$/) as string,
    });
    const wrong = answerTo(challenge, { USERNAME: EMAIL, [parameter]: "x" });
    expect(await refusal(pool, "RespondToAuthChallenge", wrong)).toBe(
      "CodeMismatchException: Invalid code or auth state for the user.",
    );
    const right = answerTo(challenge, { USERNAME: EMAIL, [parameter]: mail?.code });
    expect(accessTokenOf(await call(pool, "RespondToAuthChallenge", right))).not.toBe("");
  });

  it("lets a user with several methods choose", async () => {
    const { pool, codeNow } = poolWith("OPTIONAL", ALL, {
      mfa: { enabled: ["SOFTWARE_TOKEN_MFA", "SMS_MFA", "EMAIL_OTP"], totpSecret: SECRET },
      attributes: { phone_number: "+15550001234" },
    });
    const choice = await call(pool, "InitiateAuth", byPassword(EMAIL));
    const can = objectOf(choice["ChallengeParameters"])["MFAS_CAN_CHOOSE"];
    expect(choice["ChallengeName"]).toBe("SELECT_MFA_TYPE");
    expect(JSON.parse(String(can))).toEqual(ALL);
    const unknown = answerTo(choice, { USERNAME: EMAIL, ANSWER: "PIGEON" });
    expect(await refusal(pool, "RespondToAuthChallenge", unknown)).toContain("InvalidParameterException");
    const chosen = await call(
      pool,
      "RespondToAuthChallenge",
      answerTo(choice, { USERNAME: EMAIL, ANSWER: "SOFTWARE_TOKEN_MFA" }),
    );
    expect(chosen).toMatchObject({ ChallengeName: "SOFTWARE_TOKEN_MFA" });
    const answer = answerTo(chosen, { USERNAME: EMAIL, SOFTWARE_TOKEN_MFA_CODE: codeNow() });
    expect(accessTokenOf(await call(pool, "RespondToAuthChallenge", answer))).not.toBe("");
    const byMail = await call(pool, "InitiateAuth", byPassword(EMAIL));
    const mailed = answerTo(byMail, { USERNAME: EMAIL, ANSWER: "EMAIL_MFA" });
    expect(await call(pool, "RespondToAuthChallenge", mailed)).toMatchObject({ ChallengeName: "EMAIL_OTP" });
  });
});

describe("the MFA preference", () => {
  const both = {
    mfa: { enabled: [], totpSecret: SECRET },
    attributes: { phone_number: "+15550001234" },
  } satisfies Partial<User>;
  const admin = (settings: object) => ({ UserPoolId: "us-east-1_LocalPool", Username: EMAIL, ...settings });

  it("is changed in what a request names, and stays in the rest", async () => {
    const { pool } = poolWith("OPTIONAL", ALL, both);
    const set = (settings: object) => call(pool, "AdminSetUserMFAPreference", admin(settings));
    await set({ SoftwareTokenMfaSettings: { Enabled: true, PreferredMfa: true } });
    await set({ SMSMfaSettings: { Enabled: true } });
    expect(pool.users.find(EMAIL)?.mfa).toMatchObject({
      enabled: ["SOFTWARE_TOKEN_MFA", "SMS_MFA"],
      preferred: "SOFTWARE_TOKEN_MFA",
    });
    await set({ SMSMfaSettings: { Enabled: true, PreferredMfa: true } });
    expect(pool.users.find(EMAIL)?.mfa.preferred).toBe("SMS_MFA");
    await set({ SMSMfaSettings: { Enabled: false } });
    expect(pool.users.find(EMAIL)?.mfa).toMatchObject({ enabled: ["SOFTWARE_TOKEN_MFA"] });
    expect(pool.users.find(EMAIL)?.mfa).not.toHaveProperty("preferred");
  });

  it.each([
    [{ SMSMfaSettings: { Enabled: true } }, "User does not have delivery config set to turn on SMS_MFA"],
    [{ WebAuthnMfaSettings: { Enabled: true } }, "does not simulate WebAuthnMfaSettings"],
    [{ SoftwareTokenMfaSettings: { Enabled: false, PreferredMfa: true } }, "is preferred, but not enabled"],
    [
      {
        SoftwareTokenMfaSettings: { Enabled: true, PreferredMfa: true },
        EmailMfaSettings: { Enabled: true, PreferredMfa: true },
      },
      "Only one MFA method can be preferred",
    ],
  ])("refuses %j", async (settings, text) => {
    const { pool } = poolWith("OPTIONAL", ALL, { mfa: both.mfa });
    expect(await refusal(pool, "AdminSetUserMFAPreference", admin(settings))).toContain(text);
    expect(pool.users.find(EMAIL)?.mfa.enabled).toEqual([]);
  });
});
