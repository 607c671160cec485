import { secretHashOf } from "../../../../../src/tools/cognito/auth/secret-hash.ts";
import { attributeSchema } from "../../../../../src/tools/cognito/config/attribute-schema.ts";
import {
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
import { testClient, testPool } from "../../../../support/user-pool.ts";

const ALICE = { Username: "alice@example.com", Password: PASSWORD };

describe("SignUp", () => {
  test("creates an unconfirmed user and sends the code to the address", async () => {
    const pool = testPool();
    const answer = await call(pool, "SignUp", ALICE);
    expect(answer).toEqual({
      UserConfirmed: false,
      UserSub: expect.any(String) as unknown,
      CodeDeliveryDetails: { AttributeName: "email", DeliveryMedium: "EMAIL", Destination: "a***@e***" },
    });
    expect(pool.mailbox.list()).toMatchObject([
      {
        to: "alice@example.com",
        medium: "EMAIL",
        about: "SignUp",
        code: expect.stringMatching(/^\d{6}$/) as unknown,
      },
    ]);
    expect(await shown(pool, "alice@example.com")).toMatchObject({
      Username: answer["UserSub"],
      UserStatus: "UNCONFIRMED",
      Enabled: true,
      UserAttributes: { sub: answer["UserSub"], email: "alice@example.com", email_verified: "false" },
    });
  });

  test("keeps no password in clear", async () => {
    const pool = testPool();
    await call(pool, "SignUp", ALICE);
    expect(JSON.stringify([...pool.store.entries("users").values()])).not.toContain(PASSWORD);
  });

  test.each([
    ["Short1!", "Password not long enough"],
    ["PASSW0RD!", "Password must have lowercase characters"],
    ["passw0rd!", "Password must have uppercase characters"],
    ["Password!", "Password must have numeric characters"],
    ["Passw0rds", "Password must have symbol characters"],
  ])("refuses the password %s: %s", async (Password, text) => {
    expect(await refusal(testPool(), "SignUp", { ...ALICE, Password })).toBe(
      `InvalidPasswordException: Password did not conform with policy: ${text}`,
    );
  });

  test("refuses an address that is taken, in whatever case", async () => {
    const pool = testPool();
    await call(pool, "SignUp", ALICE);
    expect(await refusal(pool, "SignUp", { ...ALICE, Username: "ALICE@example.com" })).toBe(
      "UsernameExistsException: An account with the given email already exists.",
    );
  });

  test("refuses a username that is taken", async () => {
    const pool = testPool({ config: { usernameAttributes: [] } });
    const UserAttributes = listed({ email: "a@example.com" });
    await call(pool, "SignUp", { Username: "alice", Password: PASSWORD, UserAttributes });
    expect(await refusal(pool, "SignUp", { Username: "Alice", Password: PASSWORD, UserAttributes })).toBe(
      "UsernameExistsException: User already exists",
    );
  });

  test.each([
    [["email"], "alice", "Username should be an email."],
    [["phone_number"], "alice@example.com", "Username should be a phone number."],
    [["email", "phone_number"], "alice", "Username should be either an email or a phone number."],
  ])("refuses in a pool that signs in by %s the username %s", async (usernameAttributes, Username, text) => {
    const pool = testPool({ config: { usernameAttributes } });
    expect(await refusal(pool, "SignUp", { ...ALICE, Username })).toBe(`InvalidParameterException: ${text}`);
  });

  test("refuses an address as the username where addresses are aliases", async () => {
    const pool = testPool({ config: { usernameAttributes: [], aliasAttributes: ["email"] } });
    expect(await refusal(pool, "SignUp", ALICE)).toBe(
      "InvalidParameterException: Username cannot be of email format, since user pool is configured for email alias.",
    );
  });

  test("refuses a username with a space", async () => {
    const pool = testPool({ config: { usernameAttributes: [] } });
    expect(await refusal(pool, "SignUp", { ...ALICE, Username: "al ice" })).toMatch(
      /^InvalidParameterException: 1 validation error detected: Value 'al ice' at 'username' failed/,
    );
  });

  test("is closed where only administrators create users", async () => {
    const pool = testPool({ config: { adminCreateUserOnly: true } });
    expect(await refusal(pool, "SignUp", ALICE)).toBe(
      "NotAuthorizedException: SignUp is not permitted for this user pool",
    );
  });

  test("is refused for an app client that does not exist", async () => {
    expect(await refusal(testPool(), "SignUp", { ...ALICE, ClientId: "other" })).toBe(
      "ResourceNotFoundException: User pool client other does not exist.",
    );
  });

  test.each(["sub", "email_verified", "custom:tenant"])("lets no client write %s", async (name) => {
    const schema = attributeSchema([{ Name: "tenant", Mutable: true }]);
    const clients = [testClient({ WriteAttributes: ["email", "name"] })];
    const pool = testPool({ config: { schema, clients } });
    const UserAttributes = listed({ name: "Alice", [name]: "true" });
    expect(await refusal(pool, "SignUp", { ...ALICE, UserAttributes })).toBe(
      "NotAuthorizedException: A client attempted to write unauthorized attribute",
    );
    expect(pool.users.size).toBe(0);
  });

  test("keeps no empty attribute", async () => {
    const pool = testPool();
    await call(pool, "SignUp", { ...ALICE, UserAttributes: listed({ phone_number: "", name: "" }) });
    expect(Object.keys(userNamed(pool, ALICE.Username).attributes)).toEqual([
      "sub",
      "email",
      "email_verified",
    ]);
  });

  test("needs every attribute that the schema requires", async () => {
    const schema = attributeSchema([
      { Name: "name", Required: true },
      { Name: "email", Required: true },
      { Name: "gender", Required: true },
    ]);
    expect(await refusal(testPool({ config: { schema } }), "SignUp", ALICE)).toBe(
      "InvalidParameterException: Attributes did not conform to the schema: " +
        "name: The attribute is required\ngender: The attribute is required\n",
    );
  });

  test("needs no password in a pool that signs in by codes", async () => {
    const pool = testPool({ config: { firstFactors: ["PASSWORD", "EMAIL_OTP"] } });
    await call(pool, "SignUp", { Username: "alice@example.com" });
    expect(userNamed(pool, "alice@example.com").password).toBeUndefined();
    expect(await refusal(testPool(), "SignUp", { Username: "alice@example.com" })).toBe(
      "InvalidParameterException: Missing required parameter Password",
    );
  });

  test("prefers the telephone where both addresses are verified automatically", async () => {
    const pool = testPool({ config: { autoVerifiedAttributes: ["email", "phone_number"] } });
    const UserAttributes = listed({ phone_number: "+15550001234" });
    expect(await call(pool, "SignUp", { ...ALICE, UserAttributes })).toMatchObject({
      CodeDeliveryDetails: {
        AttributeName: "phone_number",
        DeliveryMedium: "SMS",
        Destination: "+*******1234",
      },
    });
    await call(pool, "ConfirmSignUp", { Username: ALICE.Username, ConfirmationCode: lastCode(pool) });
    const flags = { email_verified: "false", phone_number_verified: "true" };
    expect(await shown(pool, ALICE.Username)).toMatchObject({ UserAttributes: flags });
  });
});

describe("the PreSignUp trigger", () => {
  test("sees the attributes, the data to validate and the metadata", async () => {
    const events: unknown[] = [];
    const pool = testPool({ triggers: { PreSignUp: recording(events) } });
    await call(pool, "SignUp", {
      ...ALICE,
      UserAttributes: listed({ name: "Alice" }),
      ValidationData: listed({ invitation: "x" }),
      ClientMetadata: { from: "test" },
    });
    const { username } = userNamed(pool, ALICE.Username);
    expect(events).toEqual([
      {
        version: "1",
        triggerSource: "PreSignUp_SignUp",
        region: "us-east-1",
        userPoolId: "us-east-1_LocalPool",
        userName: username,
        callerContext: { awsSdkVersion: "aws-sdk-unknown-unknown", clientId: "webclient" },
        request: {
          userAttributes: { name: "Alice", email: "alice@example.com" },
          validationData: { invitation: "x" },
          clientMetadata: { from: "test" },
        },
        response: { autoConfirmUser: false, autoVerifyEmail: false, autoVerifyPhone: false },
      },
    ]);
  });

  test("gets null where no data to validate was sent", async () => {
    const events: { request: object }[] = [];
    const pool = testPool({
      triggers: { PreSignUp: recording(events) },
    });
    await call(pool, "SignUp", ALICE);
    expect(events[0]?.request).toEqual({
      userAttributes: { email: "alice@example.com" },
      validationData: null,
    });
  });

  test("confirms and verifies", async () => {
    const told: unknown[] = [];
    const pool = testPool({
      triggers: {
        PreSignUp: () => ({ response: { autoConfirmUser: true, autoVerifyEmail: true } }),
        PostConfirmation: (event: { triggerSource: string; request: object }) => {
          told.push(event.triggerSource, event.request);
          return event;
        },
      },
    });
    expect(await call(pool, "SignUp", ALICE)).toEqual({
      UserConfirmed: true,
      UserSub: expect.any(String) as unknown,
    });
    expect(await shown(pool, ALICE.Username)).toMatchObject({
      UserStatus: "CONFIRMED",
      UserAttributes: { email_verified: "true" },
    });
    expect(told).toEqual([
      "PostConfirmation_ConfirmSignUp",
      {
        userAttributes: {
          sub: userNamed(pool, ALICE.Username).username,
          email: "alice@example.com",
          email_verified: "true",
          "cognito:user_status": "CONFIRMED",
        },
      },
    ]);
    expect(pool.mailbox.list()).toEqual([]);
  });

  test("that throws leaves no user behind", async () => {
    const pool = testPool({
      triggers: {
        PreSignUp: () => {
          throw new Error("not you");
        },
      },
    });
    expect(await refusal(pool, "SignUp", ALICE)).toBe(
      "UserLambdaValidationException: PreSignUp failed with error not you.",
    );
    expect(pool.users.size).toBe(0);
  });

  test("runs while another takes the name: only one of them is created", async () => {
    const pool = testPool({ triggers: { PreSignUp: async (event: object) => event } });
    const both = await Promise.allSettled([call(pool, "SignUp", ALICE), call(pool, "SignUp", ALICE)]);
    expect(both.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    expect(pool.users.size).toBe(1);
  });
});

describe("ConfirmSignUp", () => {
  test("confirms the user and verifies the address that the code went to", async () => {
    const pool = testPool();
    await confirmedUser(pool, ALICE.Username);
    expect(await shown(pool, ALICE.Username)).toMatchObject({
      UserStatus: "CONFIRMED",
      UserAttributes: { email_verified: "true" },
    });
  });

  test("verifies no address that the user got after the code was sent", async () => {
    const pool = testPool({
      config: { verifyBeforeUpdate: [], usernameAttributes: [], autoVerifiedAttributes: ["email"] },
    });
    const UserAttributes = listed({ email: "old@example.com" });
    await call(pool, "SignUp", { Username: "alice", Password: PASSWORD, UserAttributes });
    const code = lastCode(pool);
    const changed = listed({ email: "new@example.com" });
    await call(pool, "AdminUpdateUserAttributes", { Username: "alice", UserAttributes: changed });
    await call(pool, "ConfirmSignUp", { Username: "alice", ConfirmationCode: code });
    expect(await shown(pool, "alice")).toMatchObject({
      UserStatus: "CONFIRMED",
      UserAttributes: { email: "new@example.com", email_verified: "false" },
    });
  });

  test("refuses another code, one that was replaced, and one that is a day old", async () => {
    let now = 1_800_000_000_000;
    const pool = testPool({ now: () => now });
    await call(pool, "SignUp", ALICE);
    const { Username } = ALICE;
    const first = lastCode(pool);
    const other = first === "000000" ? "000001" : "000000";
    const mismatch = "CodeMismatchException: Invalid verification code provided, please try again.";
    expect(await refusal(pool, "ConfirmSignUp", { Username, ConfirmationCode: other })).toBe(mismatch);
    do await call(pool, "ResendConfirmationCode", { Username });
    while (lastCode(pool) === first);
    expect(await refusal(pool, "ConfirmSignUp", { Username, ConfirmationCode: first })).toBe(mismatch);
    now += 24 * 3_600_000;
    expect(await refusal(pool, "ConfirmSignUp", { Username, ConfirmationCode: lastCode(pool) })).toBe(
      "ExpiredCodeException: Invalid code provided, please request a code again.",
    );
    expect(await shown(pool, Username)).toMatchObject({ UserStatus: "UNCONFIRMED" });
  });

  test("is refused for a user who is confirmed", async () => {
    const pool = testPool();
    await confirmedUser(pool, ALICE.Username);
    expect(
      await refusal(pool, "ConfirmSignUp", { Username: ALICE.Username, ConfirmationCode: "000000" }),
    ).toBe("NotAuthorizedException: User cannot be confirmed. Current status is CONFIRMED");
  });

  test("leaves the user confirmed if PostConfirmation fails, and the caller hears of it", async () => {
    const pool = testPool({
      triggers: {
        PostConfirmation: () => {
          throw new Error("no group");
        },
      },
    });
    await call(pool, "SignUp", ALICE);
    const request = { Username: ALICE.Username, ConfirmationCode: lastCode(pool) };
    expect(await refusal(pool, "ConfirmSignUp", request)).toBe(
      "UserLambdaValidationException: PostConfirmation failed with error no group.",
    );
    expect(await shown(pool, ALICE.Username)).toMatchObject({ UserStatus: "CONFIRMED" });
  });

  test("keeps what PostConfirmation changed", async () => {
    const pool = testPool({
      config: { groups: [{ name: "viewers", description: undefined, precedence: 1, roleArn: undefined }] },
      triggers: {
        PostConfirmation: async (event: { userName: string }) => {
          await call(pool, "AdminAddUserToGroup", { Username: event.userName, GroupName: "viewers" });
          return event;
        },
      },
    });
    await confirmedUser(pool, ALICE.Username);
    expect(userNamed(pool, ALICE.Username)).toMatchObject({ status: "CONFIRMED", groups: ["viewers"] });
  });
});

describe("an alias", () => {
  const config = { usernameAttributes: [], aliasAttributes: ["email"] };
  const UserAttributes = listed({ email: "shared@example.com" });
  const signUp = (Username: string) => ({ Username, Password: PASSWORD, UserAttributes });

  test("belongs to the user who proved it, and is refused to the next one", async () => {
    const pool = testPool({ config });
    await call(pool, "SignUp", signUp("first"));
    const firstCode = lastCode(pool);
    await call(pool, "SignUp", signUp("second"));
    const secondCode = lastCode(pool);
    expect(pool.users.find("shared@example.com")).toBeUndefined();
    await call(pool, "ConfirmSignUp", { Username: "first", ConfirmationCode: firstCode });
    expect(pool.users.find("shared@example.com")?.username).toBe("first");
    const second = { Username: "second", ConfirmationCode: secondCode };
    expect(await refusal(pool, "ConfirmSignUp", second)).toBe(
      "AliasExistsException: An account with the given email already exists.",
    );
    await call(pool, "ConfirmSignUp", { ...second, ForceAliasCreation: true });
    expect(pool.users.find("shared@example.com")?.username).toBe("second");
    expect(await shown(pool, "first")).toMatchObject({ UserAttributes: { email_verified: "false" } });
  });

  test.each([true, false])(
    "may not be verified by PreSignUp if another user has it: confirmed %p",
    async (autoConfirmUser) => {
      const pool = testPool({
        config,
        triggers: { PreSignUp: () => ({ response: { autoConfirmUser, autoVerifyEmail: true } }) },
      });
      await call(pool, "SignUp", signUp("first"));
      expect(await refusal(pool, "SignUp", signUp("second"))).toBe(
        "AliasExistsException: An account with the given email already exists.",
      );
      expect(pool.users.find("second")).toBeUndefined();
    },
  );
});

describe("ResendConfirmationCode", () => {
  test("is refused for a user who is confirmed", async () => {
    const pool = testPool();
    await confirmedUser(pool, ALICE.Username);
    expect(await refusal(pool, "ResendConfirmationCode", { Username: ALICE.Username })).toBe(
      "InvalidParameterException: User is already confirmed.",
    );
  });

  test("is refused where the pool verifies nothing", async () => {
    const pool = testPool({ config: { autoVerifiedAttributes: [] } });
    expect(await call(pool, "SignUp", ALICE)).toEqual({
      UserConfirmed: false,
      UserSub: expect.any(String) as unknown,
    });
    expect(userNamed(pool, ALICE.Username).codes).toEqual({});
    expect(await refusal(pool, "ResendConfirmationCode", { Username: ALICE.Username })).toBe(
      "NotAuthorizedException: Cannot resend codes. Auto verification not turned on.",
    );
  });
});

describe("a user who does not exist", () => {
  const hiding = () =>
    testPool({ config: { clients: [testClient({ PreventUserExistenceErrors: "ENABLED" })] } });
  const telling = () =>
    testPool({ config: { clients: [testClient({ PreventUserExistenceErrors: "LEGACY" })] } });
  const nobody = { Username: "nobody@example.com", ConfirmationCode: "123456" };
  const unknown = "UserNotFoundException: Username/client id combination not found.";

  test("is said to be unknown by a client that may tell", async () => {
    expect(await refusal(telling(), "ConfirmSignUp", nobody)).toBe(unknown);
    expect(await refusal(telling(), "ResendConfirmationCode", nobody)).toBe(unknown);
  });

  test("is not told from another by a client that hides it", async () => {
    expect(await refusal(hiding(), "ConfirmSignUp", nobody)).toBe(
      "ExpiredCodeException: Invalid code provided, please request a code again.",
    );
    const pool = hiding();
    expect(await call(pool, "ResendConfirmationCode", nobody)).toEqual({
      CodeDeliveryDetails: { AttributeName: "email", DeliveryMedium: "EMAIL", Destination: "n***@e***" },
    });
    expect(pool.mailbox.list()).toEqual([]);
  });
});

describe("an app client with a secret", () => {
  const clients = [testClient({}, "web", "hush"), testClient({}, "open")];
  const pool = () => testPool({ config: { clients } });

  test.each(["SignUp", "ConfirmSignUp", "ResendConfirmationCode", "ForgotPassword", "ConfirmForgotPassword"])(
    "proves it in %s",
    async (operation) => {
      const request = { ...ALICE, ConfirmationCode: "123456" };
      expect(await refusal(pool(), operation, request)).toBe(
        "NotAuthorizedException: Client webclient is configured with secret but SECRET_HASH was not received",
      );
      const wrong = secretHashOf("webclient", "other", ALICE.Username);
      expect(await refusal(pool(), operation, { ...request, SecretHash: wrong })).toBe(
        "NotAuthorizedException: Unable to verify secret hash for client webclient",
      );
    },
  );

  test("signs up with the hash", async () => {
    const SecretHash = secretHashOf("webclient", "hush", ALICE.Username);
    expect(await call(pool(), "SignUp", { ...ALICE, SecretHash })).toMatchObject({ UserConfirmed: false });
  });

  test("is not one without: that sends no hash", async () => {
    const request = { ...ALICE, ClientId: "openclient", SecretHash: "x" };
    expect(await refusal(pool(), "SignUp", request)).toBe(
      "InvalidParameterException: App client openclient is not configured for secret but secret hash was received",
    );
  });
});

test("a disabled user is not confirmed, and no trigger hears of it", async () => {
  const told: object[] = [];
  const pool = testPool({ triggers: { PostConfirmation: recording(told) } });
  await call(pool, "SignUp", ALICE);
  const { Username } = ALICE;
  const ConfirmationCode = lastCode(pool);
  await call(pool, "AdminDisableUser", { Username });
  expect(await refusal(pool, "ConfirmSignUp", { Username, ConfirmationCode })).toBe(
    "NotAuthorizedException: User is disabled.",
  );
  expect(told).toEqual([]);
});
