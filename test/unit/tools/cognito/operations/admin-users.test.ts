import { passwordPolicyOf } from "../../../../../src/tools/cognito/config/password-policy.ts";
import {
  accessTokenOf,
  call,
  confirmedUser,
  lastCode,
  listed,
  PASSWORD,
  recording,
  refusal,
  shown,
  userNamed,
} from "../../../../support/pool-calls.ts";
import { testPool } from "../../../../support/user-pool.ts";

const Username = "alice@example.com";

describe("AdminCreateUser", () => {
  test("invites a user, who has to change the password", async () => {
    const now = 1_800_000_000_000;
    const pool = testPool({ now: () => now });
    const answer = await call(pool, "AdminCreateUser", {
      Username,
      UserAttributes: listed({ name: "Alice" }),
    });
    const { username: sub } = userNamed(pool, Username);
    expect(answer).toEqual({
      User: {
        Username: sub,
        Enabled: true,
        UserStatus: "FORCE_CHANGE_PASSWORD",
        UserCreateDate: now / 1000,
        UserLastModifiedDate: now / 1000,
        Attributes: listed({ sub, name: "Alice", email: Username }),
      },
    });
    const [mail] = pool.mailbox.list();
    expect(mail).toMatchObject({ to: Username, about: "AdminCreateUser" });
    expect(mail?.text).toBe(`Your username is ${Username} and temporary password is ${mail?.code}.`);
    expect(userNamed(pool, Username).temporaryUntil).toBe(now + 7 * 86_400_000);
  });

  test("makes a password that fits every policy", async () => {
    const pool = testPool({ config: { passwordPolicy: passwordPolicyOf({ MinimumLength: 99 }) } });
    await call(pool, "AdminCreateUser", { Username });
    expect(lastCode(pool).length).toBeGreaterThanOrEqual(99);
  });

  test("takes the password of the administrator, if it fits", async () => {
    const pool = testPool();
    await call(pool, "AdminCreateUser", { Username, TemporaryPassword: PASSWORD });
    expect(lastCode(pool)).toBe(PASSWORD);
    const short = { Username: "bob@example.com", TemporaryPassword: "short" };
    expect(await refusal(pool, "AdminCreateUser", short)).toMatch(/^InvalidPasswordException/);
    expect(pool.users.size).toBe(1);
  });

  test("sends nothing with SUPPRESS", async () => {
    const pool = testPool();
    await call(pool, "AdminCreateUser", { Username, MessageAction: "SUPPRESS" });
    expect(pool.mailbox.list()).toEqual([]);
  });

  test("invites again with RESEND, with another password and another deadline", async () => {
    let now = 1_800_000_000_000;
    const pool = testPool({ now: () => now });
    await call(pool, "AdminCreateUser", { Username });
    const first = lastCode(pool);
    now += 6 * 86_400_000;
    await call(pool, "AdminCreateUser", { Username, MessageAction: "RESEND" });
    expect(lastCode(pool)).not.toBe(first);
    expect(userNamed(pool, Username).temporaryUntil).toBe(now + 7 * 86_400_000);
    await call(pool, "AdminSetUserPassword", { Username, Password: PASSWORD, Permanent: true });
    expect(await refusal(pool, "AdminCreateUser", { Username, MessageAction: "RESEND" })).toMatch(
      /^UnsupportedUserStateException: /,
    );
    expect(
      await refusal(pool, "AdminCreateUser", { Username: "b@example.com", MessageAction: "RESEND" }),
    ).toBe("UserNotFoundException: User does not exist.");
  });

  test("refuses an action that does not exist", async () => {
    expect(await refusal(testPool(), "AdminCreateUser", { Username, MessageAction: "SHOUT" })).toBe(
      "InvalidParameterException: 1 validation error detected: Value 'SHOUT' at 'messageAction' failed to satisfy " +
        "constraint: Member must satisfy enum value set: [RESEND, SUPPRESS]",
    );
  });

  test("sends by the media that are asked for", async () => {
    const pool = testPool();
    const UserAttributes = listed({ phone_number: "+15550001234" });
    const mediaOf = async (name: string, request: object) => {
      await call(pool, "AdminCreateUser", { Username: name, ...request });
      const sub = userNamed(pool, name).username;
      return pool.mailbox
        .list()
        .filter(({ to }) => [name, "+15550001234"].includes(to) && sub !== "")
        .map(({ medium }) => medium);
    };
    expect(await mediaOf("a@example.com", {})).toEqual(["EMAIL"]);
    expect(await mediaOf("b@example.com", { UserAttributes })).toEqual(["SMS"]);
    const both = { UserAttributes, DesiredDeliveryMediums: ["EMAIL", "SMS"] };
    expect(await mediaOf("c@example.com", both)).toEqual(["SMS", "EMAIL", "SMS"]);
    const missing = { Username: "d@example.com", DesiredDeliveryMediums: ["SMS"] };
    expect(await refusal(pool, "AdminCreateUser", missing)).toBe(
      "InvalidParameterException: the user has no `phone_number` for the delivery medium SMS",
    );
    expect(pool.users.find("d@example.com")).toBeUndefined();
  });

  test("creates a user without a password in a pool that signs in by codes", async () => {
    const pool = testPool({ config: { firstFactors: ["EMAIL_OTP"] } });
    await call(pool, "AdminCreateUser", { Username });
    expect(await shown(pool, Username)).toMatchObject({ UserStatus: "CONFIRMED" });
    expect(userNamed(pool, Username).password).toBeUndefined();
  });

  test("asks PreSignUp but ignores its flags, and never tells PostConfirmation", async () => {
    const asked: object[] = [];
    const told: object[] = [];
    const pool = testPool({
      triggers: {
        PreSignUp: (event: object) => {
          asked.push(event);
          return { response: { autoConfirmUser: true, autoVerifyEmail: true } };
        },
        PostConfirmation: recording(told),
      },
    });
    await call(pool, "AdminCreateUser", { Username });
    expect(await shown(pool, Username)).toMatchObject({ UserStatus: "FORCE_CHANGE_PASSWORD" });
    expect(userNamed(pool, Username).attributes).not.toHaveProperty("email_verified", "true");
    expect(asked).toMatchObject([
      {
        triggerSource: "PreSignUp_AdminCreateUser",
        callerContext: { clientId: "CLIENT_ID_NOT_APPLICABLE" },
      },
    ]);
    expect(told).toEqual([]);
  });

  test("refuses a name that is taken", async () => {
    const byName = testPool({ config: { usernameAttributes: [] } });
    await call(byName, "AdminCreateUser", { Username: "alice" });
    expect(await refusal(byName, "AdminCreateUser", { Username: "alice" })).toBe(
      "UsernameExistsException: User account already exists",
    );
    const byEmail = testPool();
    await call(byEmail, "AdminCreateUser", { Username });
    expect(await refusal(byEmail, "AdminCreateUser", { Username })).toBe(
      "UsernameExistsException: An account with the given email already exists.",
    );
  });

  test("refuses a password before it asks the trigger, or takes an alias", async () => {
    const asked: object[] = [];
    const pool = testPool({
      config: { usernameAttributes: [], aliasAttributes: ["email"] },
      triggers: { PreSignUp: recording(asked) },
    });
    const UserAttributes = listed({ email: Username, email_verified: "true" });
    await call(pool, "AdminCreateUser", { Username: "first", UserAttributes });
    const second = {
      Username: "second",
      UserAttributes,
      ForceAliasCreation: true,
      TemporaryPassword: "short",
    };
    expect(await refusal(pool, "AdminCreateUser", second)).toMatch(/^InvalidPasswordException/);
    expect(asked).toHaveLength(1);
    expect(pool.users.find(Username)?.username).toBe("first");
  });

  test("takes a verified alias from another user only by force", async () => {
    const pool = testPool({ config: { usernameAttributes: [], aliasAttributes: ["email"] } });
    const UserAttributes = listed({ email: Username, email_verified: "true" });
    await call(pool, "AdminCreateUser", { Username: "first", UserAttributes });
    const second = { Username: "second", UserAttributes };
    expect(await refusal(pool, "AdminCreateUser", second)).toBe(
      "AliasExistsException: An account with the given email already exists.",
    );
    await call(pool, "AdminCreateUser", { ...second, ForceAliasCreation: true });
    expect(pool.users.find(Username)?.username).toBe("second");
    expect(await shown(pool, "first")).toMatchObject({ UserAttributes: { email_verified: "false" } });
  });
});

describe("an administrator", () => {
  test("confirms a sign-up without a code, which verifies no address", async () => {
    const told: object[] = [];
    const pool = testPool({ triggers: { PostConfirmation: recording(told) } });
    await call(pool, "SignUp", { Username, Password: PASSWORD });
    await call(pool, "AdminConfirmSignUp", { Username });
    expect(await shown(pool, Username)).toMatchObject({
      UserStatus: "CONFIRMED",
      UserAttributes: { email_verified: "false" },
    });
    expect(told).toMatchObject([{ callerContext: { clientId: "CLIENT_ID_NOT_APPLICABLE" } }]);
    expect(await refusal(pool, "AdminConfirmSignUp", { Username })).toBe(
      "NotAuthorizedException: User cannot be confirmed. Current status is CONFIRMED",
    );
  });

  test("sets a password that stays, or one that has to be changed", async () => {
    const pool = testPool();
    await confirmedUser(pool, Username);
    await call(pool, "AdminSetUserPassword", { Username, Password: "Temp0rary!" });
    expect(await shown(pool, Username)).toMatchObject({ UserStatus: "FORCE_CHANGE_PASSWORD" });
    expect(userNamed(pool, Username).temporaryUntil).toBeGreaterThan(Date.now());
    await call(pool, "AdminSetUserPassword", { Username, Password: PASSWORD, Permanent: true });
    expect(await shown(pool, Username)).toMatchObject({ UserStatus: "CONFIRMED" });
    expect(userNamed(pool, Username).temporaryUntil).toBeUndefined();
    expect(await refusal(pool, "AdminSetUserPassword", { Username, Password: "short" })).toMatch(
      /^InvalidPasswordException/,
    );
  });

  test("disables a user, whose sign-ins end, and enables it again", async () => {
    const pool = testPool();
    const username = await confirmedUser(pool, Username);
    const AccessToken = await accessTokenOf(pool, Username);
    await call(pool, "AdminDisableUser", { Username });
    expect(await shown(pool, Username)).toMatchObject({ Enabled: false });
    await call(pool, "AdminEnableUser", { Username });
    expect(await shown(pool, Username)).toMatchObject({ Enabled: true });
    expect(pool.signIns.of(username).map(({ ended }) => ended)).toEqual([true]);
    expect(await refusal(pool, "GetUser", { AccessToken })).toBe(
      "NotAuthorizedException: Access Token has been revoked",
    );
  });

  test("deletes a user with the sign-ins", async () => {
    const pool = testPool();
    const username = await confirmedUser(pool, Username);
    await accessTokenOf(pool, Username);
    await call(pool, "AdminDeleteUser", { Username });
    expect(pool.users.size).toBe(0);
    expect(pool.signIns.of(username)).toEqual([]);
  });

  test("verifies an address, and changes one that counts at once", async () => {
    const pool = testPool({ config: { verifyBeforeUpdate: ["email"] } });
    await confirmedUser(pool, Username);
    const before = pool.mailbox.list().length;
    const verified = listed({ email: "new@example.com", email_verified: "true" });
    await call(pool, "AdminUpdateUserAttributes", { Username, UserAttributes: verified });
    expect(await shown(pool, "new@example.com")).toMatchObject({
      UserAttributes: { email_verified: "true" },
    });
    expect(pool.mailbox.list()).toHaveLength(before);
    const waiting = listed({ email: "newer@example.com" });
    await call(pool, "AdminUpdateUserAttributes", { Username: "new@example.com", UserAttributes: waiting });
    expect(pool.users.find("newer@example.com")).toBeUndefined();
    expect(pool.mailbox.list()[0]?.to).toBe("newer@example.com");
  });

  test("verifies no address that is not there", async () => {
    const pool = testPool();
    await confirmedUser(pool, Username);
    const UserAttributes = listed({ phone_number_verified: "true" });
    expect(await refusal(pool, "AdminUpdateUserAttributes", { Username, UserAttributes })).toBe(
      "InvalidParameterException: Phone Number is required to verify/un-verify a phone number",
    );
  });

  test("deletes attributes", async () => {
    const pool = testPool();
    await confirmedUser(pool, Username, { UserAttributes: listed({ nickname: "al" }) });
    await call(pool, "AdminDeleteUserAttributes", { Username, UserAttributeNames: ["nickname"] });
    expect((await shown(pool, Username))["UserAttributes"]).not.toHaveProperty("nickname");
  });

  test.each([
    "AdminGetUser",
    "AdminConfirmSignUp",
    "AdminSetUserPassword",
    "AdminResetUserPassword",
    "AdminEnableUser",
    "AdminDisableUser",
    "AdminDeleteUser",
    "AdminUpdateUserAttributes",
    "AdminDeleteUserAttributes",
    "AdminListGroupsForUser",
    "AdminAddUserToGroup",
    "AdminRemoveUserFromGroup",
  ])("hears in %s that there is no such user, and no such pool", async (operation) => {
    const pool = testPool();
    expect(await refusal(pool, operation, { Username })).toBe("UserNotFoundException: User does not exist.");
    expect(await refusal(pool, operation, { Username, UserPoolId: "us-east-1_Other" })).toBe(
      "ResourceNotFoundException: User pool us-east-1_Other does not exist.",
    );
    expect(await refusal(pool, operation, { Username, UserPoolId: undefined })).toBe(
      "InvalidParameterException: Missing required parameter UserPoolId",
    );
  });
});

test("not even an administrator chooses the `sub` of a user", async () => {
  const pool = testPool();
  await call(pool, "AdminCreateUser", { Username: "alice@example.com" });
  const { sub } = userNamed(pool, "alice@example.com").attributes;
  const request = { Username: "mallory@example.com", UserAttributes: listed({ sub: String(sub) }) };
  expect(await refusal(pool, "AdminCreateUser", request)).toMatch(/^InvalidParameterException: user\.sub:/);
  expect(pool.users.find("mallory@example.com")).toBeUndefined();
});
