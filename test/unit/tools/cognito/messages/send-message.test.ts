import { messagesOf } from "../../../../../src/tools/cognito/config/messages.ts";
import {
  accessTokenOf,
  call,
  confirmedUser,
  lastCode,
  listed,
  PASSWORD,
  recording,
  refusal,
  userNamed,
} from "../../../../support/pool-calls.ts";
import { type TestPoolOptions, testPool } from "../../../../support/user-pool.ts";

const Username = "alice@example.com";

/** Everything that sends a message, once. */
async function everyMessage(options: TestPoolOptions) {
  const pool = testPool({ ...options, config: { verifyBeforeUpdate: [], ...options.config } });
  await call(pool, "SignUp", { Username, Password: PASSWORD });
  await call(pool, "ResendConfirmationCode", { Username });
  await call(pool, "ConfirmSignUp", { Username, ConfirmationCode: lastCode(pool) });
  await call(pool, "ForgotPassword", { Username });
  const AccessToken = await accessTokenOf(pool, Username);
  await call(pool, "GetUserAttributeVerificationCode", { AccessToken, AttributeName: "email" });
  const UserAttributes = listed({ email: "new@example.com" });
  await call(pool, "UpdateUserAttributes", { AccessToken, UserAttributes });
  await call(pool, "AdminCreateUser", { Username: "bob@example.com" });
  return pool;
}

const REASONS = [
  "SignUp",
  "ResendCode",
  "ForgotPassword",
  "VerifyUserAttribute",
  "UpdateUserAttribute",
  "AdminCreateUser",
];

describe("a message", () => {
  test("has the words of the pool, with the code in them", async () => {
    const messages = messagesOf({
      EmailVerificationSubject: "Welcome",
      EmailVerificationMessage: "{####} it is, {####}",
      AdminCreateUserConfig: { InviteMessageTemplate: { EmailMessage: "{username}: {####}" } },
    });
    const pool = await everyMessage({ config: { messages } });
    const mails = pool.mailbox.list().toReversed();
    expect(mails.map(({ about }) => about)).toEqual(REASONS);
    for (const { about, subject, text, code } of mails) {
      if (about === "AdminCreateUser") expect(text).toBe(`bob@example.com: ${code}`);
      else expect([subject, text]).toEqual(["Welcome", `${code} it is, ${code}`]);
    }
  });

  test("has a password as it is, whatever is in it", async () => {
    const pool = testPool();
    const TemporaryPassword = "Pa$$w0rd$&{username}";
    await call(pool, "AdminCreateUser", { Username, TemporaryPassword });
    expect(pool.mailbox.list()[0]?.text).toBe(
      `Your username is ${Username} and temporary password is ${TemporaryPassword}.`,
    );
  });

  test("has a link that confirms where its words ask for one", async () => {
    const messages = messagesOf({ EmailVerificationMessage: "Press {##here & now##}." });
    const pool = testPool({ config: { messages } });
    await call(pool, "SignUp", { Username, Password: PASSWORD });
    const query = `client_id=webclient&amp;user_name=${userNamed(pool, Username).username}&amp;confirmation_code=${lastCode(pool)}`;
    expect(pool.mailbox.list()[0]?.text).toBe(`Press <a href="/confirmUser?${query}">here & now</a>.`);
  });
});

describe("the CustomMessage trigger", () => {
  test("is asked with the source of each message, and never sees the code", async () => {
    const events: { triggerSource: string; request: Record<string, unknown> }[] = [];
    const pool = await everyMessage({
      triggers: {
        CustomMessage: recording(events),
      },
    });
    expect(events.map(({ triggerSource }) => triggerSource)).toEqual(
      REASONS.map((reason) => `CustomMessage_${reason}`),
    );
    const { username } = userNamed(pool, "new@example.com");
    expect(events[0]?.request).toEqual({
      userAttributes: {
        sub: username,
        email: Username,
        email_verified: "false",
        "cognito:user_status": "UNCONFIRMED",
      },
      codeParameter: "{####}",
      linkParameter: "{##Click Here##}",
      usernameParameter: null,
    });
    expect(events.at(-1)?.request["usernameParameter"]).toBe("{username}");
    const codes = pool.mailbox.list().map(({ code }) => code);
    expect(codes.filter((code) => JSON.stringify(events).includes(`"${code}"`))).toEqual([]);
  });

  test("words the message: the code and the name take the places of its placeholders", async () => {
    const pool = await everyMessage({
      triggers: {
        CustomMessage: ({
          request,
        }: {
          request: { codeParameter: string; usernameParameter: string | null };
        }) => ({
          response: {
            emailSubject: "Hello",
            emailMessage: `${request.usernameParameter ?? "you"}: ${request.codeParameter}`,
            smsMessage: null,
          },
        }),
      },
    });
    const [invitation, update] = pool.mailbox.list();
    expect(invitation).toMatchObject({ subject: "Hello", text: `bob@example.com: ${invitation?.code}` });
    expect(update).toMatchObject({ subject: "Hello", text: `you: ${update?.code}` });
  });

  test("that says nothing leaves the words of the pool", async () => {
    const pool = testPool({ triggers: { CustomMessage: (event: object) => event } });
    await call(pool, "SignUp", { Username, Password: PASSWORD });
    expect(pool.mailbox.list()[0]?.text).toBe(`Your verification code is ${lastCode(pool)}.`);
  });

  test.each([
    ["SignUp", { Password: PASSWORD }, "no code", "{####}"],
    ["AdminCreateUser", { TemporaryPassword: PASSWORD }, "{####}", "{username}"],
  ])(
    "that leaves a placeholder out has its subject used, and not its message: %s",
    async (operation, request, emailMessage, missing) => {
      const pool = testPool({
        triggers: { CustomMessage: () => ({ response: { emailSubject: "Mine", emailMessage } }) },
      });
      await call(pool, operation, { Username, ...request });
      const [mail] = pool.mailbox.list();
      expect(mail).toMatchObject({
        subject: "Mine",
        failure: `the message of CustomMessage has no \`${missing}\`, so the pool sends its own`,
      });
      expect(mail?.text).toMatch(/^Your /);
      expect(mail?.text).toContain(mail?.code);
    },
  );

  test("that throws fails the call, and no message is sent", async () => {
    const pool = testPool({
      triggers: {
        CustomMessage: () => {
          throw new Error("no words");
        },
      },
    });
    expect(await refusal(pool, "SignUp", { Username, Password: PASSWORD })).toBe(
      "UserLambdaValidationException: CustomMessage failed with error no words.",
    );
    expect(pool.mailbox.list()).toEqual([]);
  });
});

describe("a custom sender", () => {
  test("gets the source of each message and a code that says that it is not encrypted; CustomMessage is not asked", async () => {
    const events: { triggerSource: string; request: { type: string; code: string } }[] = [];
    const pool = await everyMessage({
      triggers: {
        CustomEmailSender: recording(events),
        CustomMessage: () => {
          throw new Error("must not be asked");
        },
      },
    });
    expect(events.map(({ triggerSource }) => triggerSource)).toEqual(
      REASONS.map((reason) => `CustomEmailSender_${reason}`),
    );
    expect(new Set(events.map(({ request }) => request.type))).toEqual(
      new Set(["customEmailSenderRequestV1"]),
    );
    expect(events.map(({ request }) => Buffer.from(request.code, "base64").toString())).toEqual(
      pool.mailbox
        .list()
        .toReversed()
        .map(({ code }) => `not encrypted: ${code}`),
    );
  });

  test("of SMS gets messages to telephones", async () => {
    const events: { triggerSource: string; request: { type: string } }[] = [];
    const pool = testPool({
      config: { autoVerifiedAttributes: ["phone_number"] },
      triggers: { CustomSMSSender: recording(events) },
    });
    const UserAttributes = listed({ phone_number: "+15550001234" });
    await confirmedUser(pool, Username, { UserAttributes });
    expect(events).toMatchObject([
      { triggerSource: "CustomSMSSender_SignUp", request: { type: "customSMSSenderRequestV1" } },
    ]);
  });

  test("that fails does not fail the call, as AWS does not wait for it; the mailbox says why", async () => {
    const pool = testPool({
      triggers: {
        CustomEmailSender: () => {
          throw new Error("cannot decrypt");
        },
      },
    });
    expect(await call(pool, "SignUp", { Username, Password: PASSWORD })).toMatchObject({
      UserConfirmed: false,
    });
    expect(pool.mailbox.list()).toMatchObject([
      { to: Username, failure: "CustomEmailSender failed with error cannot decrypt." },
    ]);
  });

  test("may give nothing back", async () => {
    const pool = testPool({ triggers: { CustomEmailSender: () => undefined } });
    await call(pool, "SignUp", { Username, Password: PASSWORD });
    expect(pool.mailbox.list()[0]).not.toHaveProperty("failure");
  });
});
