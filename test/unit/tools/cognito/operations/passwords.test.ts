import { passwordPolicyOf } from "../../../../../src/tools/cognito/config/password-policy.ts";
import {
  accessTokenOf,
  call,
  confirmedUser,
  EXPIRED,
  lastCode,
  listed,
  MISMATCH,
  PASSWORD,
  recording,
  refusal,
  shown,
  userNamed,
} from "../../../../support/pool-calls.ts";
import { testClient, testPool } from "../../../../support/user-pool.ts";

const Username = "alice@example.com";
const NEW = "An0ther!pass";

/** Whether the password is the user's: a change needs the one in force. */
async function isPasswordOf(pool: ReturnType<typeof testPool>, password: string): Promise<boolean> {
  const AccessToken = await accessTokenOf(pool, Username);
  const request = { AccessToken, PreviousPassword: password, ProposedPassword: password };
  return call(pool, "ChangePassword", request).then(
    () => true,
    () => false,
  );
}

describe("a forgotten password", () => {
  test("is replaced with the code that was sent", async () => {
    const told: object[] = [];
    const pool = testPool({ triggers: { PostConfirmation: recording(told) } });
    await confirmedUser(pool, Username);
    expect(await call(pool, "ForgotPassword", { Username })).toEqual({
      CodeDeliveryDetails: { AttributeName: "email", DeliveryMedium: "EMAIL", Destination: "a***@e***" },
    });
    expect(pool.mailbox.list()[0]).toMatchObject({ to: Username, about: "ForgotPassword" });
    const request = { Username, ConfirmationCode: lastCode(pool), Password: NEW };
    expect(await call(pool, "ConfirmForgotPassword", request)).toEqual({});
    expect(await isPasswordOf(pool, PASSWORD)).toBe(false);
    expect(await isPasswordOf(pool, NEW)).toBe(true);
    expect(told).toMatchObject([
      { triggerSource: "PostConfirmation_ConfirmSignUp" },
      { triggerSource: "PostConfirmation_ConfirmForgotPassword" },
    ]);
    // A code counts once.
    expect(await refusal(pool, "ConfirmForgotPassword", request)).toBe(EXPIRED);
  });

  test("keeps its code if the new password does not fit", async () => {
    const pool = testPool();
    await confirmedUser(pool, Username);
    await call(pool, "ForgotPassword", { Username });
    const request = { Username, ConfirmationCode: lastCode(pool) };
    expect(await refusal(pool, "ConfirmForgotPassword", { ...request, Password: "short" })).toMatch(
      /^InvalidPasswordException/,
    );
    expect(await call(pool, "ConfirmForgotPassword", { ...request, Password: NEW })).toEqual({});
  });

  test("has a code that expires after an hour", async () => {
    let now = 1_800_000_000_000;
    const pool = testPool({ now: () => now });
    await confirmedUser(pool, Username);
    await call(pool, "ForgotPassword", { Username });
    now += 3_600_000;
    const request = { Username, ConfirmationCode: lastCode(pool), Password: NEW };
    expect(await refusal(pool, "ConfirmForgotPassword", request)).toBe(EXPIRED);
  });

  test("of a user without a verified address cannot be replaced", async () => {
    const pool = testPool({ config: { clients: [testClient({ PreventUserExistenceErrors: "LEGACY" })] } });
    await call(pool, "SignUp", { Username, Password: PASSWORD });
    expect(await refusal(pool, "ForgotPassword", { Username })).toBe(
      "InvalidParameterException: Cannot reset password for the user as there is no registered/verified email or phone_number",
    );
  });

  test("of a user who was invited and never signed in cannot be replaced", async () => {
    const pool = testPool();
    const UserAttributes = listed({ email_verified: "true" });
    await call(pool, "AdminCreateUser", { Username, UserAttributes });
    expect(await refusal(pool, "ForgotPassword", { Username })).toBe(
      "NotAuthorizedException: User password cannot be reset in the current state.",
    );
  });

  test("is the administrator's where only administrators reset it", async () => {
    const pool = testPool({ config: { recovery: ["admin_only"] } });
    await confirmedUser(pool, Username);
    expect(await refusal(pool, "ForgotPassword", { Username })).toBe(
      "NotAuthorizedException: Contact administrator to reset password.",
    );
  });

  test("prefers the first way of recovery that the user has", async () => {
    const pool = testPool({ config: { recovery: ["verified_phone_number", "verified_email"] } });
    await confirmedUser(pool, Username);
    expect(await call(pool, "ForgotPassword", { Username })).toMatchObject({
      CodeDeliveryDetails: { DeliveryMedium: "EMAIL" },
    });
    const phone = listed({ phone_number: "+15550001234", phone_number_verified: "true" });
    await call(pool, "AdminUpdateUserAttributes", { Username, UserAttributes: phone });
    expect(await call(pool, "ForgotPassword", { Username })).toMatchObject({
      CodeDeliveryDetails: { DeliveryMedium: "SMS", Destination: "+*******1234" },
    });
  });
});

describe("a user who cannot be told from one that does not exist", () => {
  const hiding = () =>
    testPool({ config: { clients: [testClient({ PreventUserExistenceErrors: "ENABLED" })] } });
  const madeUp = {
    CodeDeliveryDetails: { AttributeName: "email", DeliveryMedium: "EMAIL", Destination: "a***@e***" },
  };
  const confirm = { Username, ConfirmationCode: "123456", Password: NEW };

  test("is unknown", async () => {
    const pool = hiding();
    expect(await call(pool, "ForgotPassword", { Username })).toEqual(madeUp);
    expect(await refusal(pool, "ConfirmForgotPassword", confirm)).toBe(MISMATCH);
    expect(pool.mailbox.list()).toEqual([]);
  });

  test("is disabled", async () => {
    const pool = hiding();
    await confirmedUser(pool, Username);
    await call(pool, "AdminDisableUser", { Username });
    const before = pool.mailbox.list().length;
    expect(await call(pool, "ForgotPassword", { Username })).toEqual(madeUp);
    expect(await refusal(pool, "ConfirmForgotPassword", confirm)).toBe(MISMATCH);
    expect(pool.mailbox.list()).toHaveLength(before);
  });

  test("has no verified address", async () => {
    const pool = hiding();
    await call(pool, "SignUp", { Username, Password: PASSWORD });
    expect(await call(pool, "ForgotPassword", { Username })).toEqual(madeUp);
    expect(pool.mailbox.list()).toHaveLength(1);
  });

  test("answers a name that looks like a username always the same", async () => {
    const config = {
      usernameAttributes: [],
      clients: [testClient({ PreventUserExistenceErrors: "ENABLED" })],
    };
    const pool = testPool({ config });
    const answers = await Promise.all(
      ["bob", "bob"].map((name) => call(pool, "ForgotPassword", { Username: name })),
    );
    expect(answers[0]).toEqual({
      CodeDeliveryDetails: { AttributeName: "email", DeliveryMedium: "EMAIL", Destination: "b***@b***" },
    });
    expect(answers[1]).toEqual(answers[0]);
  });

  test("is named where the client may tell", async () => {
    const pool = testPool({ config: { clients: [testClient({ PreventUserExistenceErrors: "LEGACY" })] } });
    const unknown = "UserNotFoundException: Username/client id combination not found.";
    expect(await refusal(pool, "ForgotPassword", { Username })).toBe(unknown);
    expect(await refusal(pool, "ConfirmForgotPassword", confirm)).toBe(unknown);
    await confirmedUser(pool, Username);
    await call(pool, "AdminDisableUser", { Username });
    const disabled = "NotAuthorizedException: User is disabled.";
    expect(await refusal(pool, "ForgotPassword", { Username })).toBe(disabled);
    expect(await refusal(pool, "ConfirmForgotPassword", confirm)).toBe(disabled);
  });
});

describe("ChangePassword", () => {
  test("needs the password in force", async () => {
    const pool = testPool();
    await confirmedUser(pool, Username);
    const AccessToken = await accessTokenOf(pool, Username);
    const wrong = { AccessToken, PreviousPassword: NEW, ProposedPassword: NEW };
    expect(await refusal(pool, "ChangePassword", wrong)).toBe(
      "NotAuthorizedException: Incorrect username or password.",
    );
    expect(await call(pool, "ChangePassword", { ...wrong, PreviousPassword: PASSWORD })).toEqual({});
    expect(await isPasswordOf(pool, NEW)).toBe(true);
  });

  test("checks the policy", async () => {
    const pool = testPool();
    await confirmedUser(pool, Username);
    const AccessToken = await accessTokenOf(pool, Username);
    const request = { AccessToken, PreviousPassword: PASSWORD, ProposedPassword: "short" };
    expect(await refusal(pool, "ChangePassword", request)).toBe(
      "InvalidPasswordException: Password did not conform with policy: Password not long enough",
    );
  });

  test("gives a user without a password the first one", async () => {
    const pool = testPool({ config: { firstFactors: ["EMAIL_OTP"] } });
    await confirmedUser(pool, Username, { Password: undefined });
    const AccessToken = await accessTokenOf(pool, Username);
    await call(pool, "ChangePassword", { AccessToken, ProposedPassword: NEW });
    expect(await isPasswordOf(pool, NEW)).toBe(true);
  });

  test("takes no password back that the pool remembers", async () => {
    const pool = testPool({ config: { passwordPolicy: passwordPolicyOf({ PasswordHistorySize: 2 }) } });
    await confirmedUser(pool, Username);
    const change = async (PreviousPassword: string, ProposedPassword: string) =>
      call(pool, "ChangePassword", {
        AccessToken: await accessTokenOf(pool, Username),
        PreviousPassword,
        ProposedPassword,
      });
    const refused = { code: "PasswordHistoryPolicyViolationException" };
    await expect(change(PASSWORD, PASSWORD)).rejects.toMatchObject(refused);
    await change(PASSWORD, `${NEW}1`);
    await expect(change(`${NEW}1`, PASSWORD)).rejects.toMatchObject(refused);
    await change(`${NEW}1`, `${NEW}2`);
    await change(`${NEW}2`, PASSWORD);
    expect(userNamed(pool, Username).formerPasswords).toHaveLength(2);
  });
});

describe("AdminResetUserPassword", () => {
  test("asks for a new password and sends the code for it", async () => {
    const pool = testPool();
    await confirmedUser(pool, Username);
    await call(pool, "AdminResetUserPassword", { Username });
    expect(await shown(pool, Username)).toMatchObject({ UserStatus: "RESET_REQUIRED" });
    const request = { Username, ConfirmationCode: lastCode(pool), Password: NEW };
    await call(pool, "ConfirmForgotPassword", request);
    expect(await shown(pool, Username)).toMatchObject({ UserStatus: "CONFIRMED" });
  });

  test("is refused for a user whom no code reaches", async () => {
    const pool = testPool();
    await call(pool, "SignUp", { Username, Password: PASSWORD });
    expect(await refusal(pool, "AdminResetUserPassword", { Username })).toMatch(
      /^InvalidParameterException: Cannot reset password/,
    );
  });
});
