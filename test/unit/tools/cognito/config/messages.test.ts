import { messagesOf } from "../../../../../src/tools/cognito/config/messages.ts";

test("a pool without words of its own has those of AWS, each with the code", () => {
  const messages = messagesOf({});

  expect(messages.verification.subject).toBe("Your verification code");
  expect(messages.invitation.email).toContain("{username}");
  for (const { email, sms } of Object.values(messages)) {
    expect(email).toContain("{####}");
    expect(sms).toContain("{####}");
  }
});

test("the template of a message wins over the older property, and each word has a fallback of its own", () => {
  const { verification } = messagesOf({
    VerificationMessageTemplate: { EmailSubject: "Hello", SmsMessage: 7 },
    EmailVerificationSubject: "Old",
    EmailVerificationMessage: "Old {####}",
    SmsVerificationMessage: "Old {####}",
  });

  expect(verification).toEqual({
    subject: "Hello",
    email: "Old {####}",
    sms: "Your verification code is {####}.",
  });
});

test("invitations and codes of a sign-in have words of their own", () => {
  const { invitation, authentication } = messagesOf({
    AdminCreateUserConfig: {
      InviteMessageTemplate: {
        EmailSubject: "Welcome",
        EmailMessage: "{username} {####}",
        SMSMessage: "{####}",
      },
    },
    EmailAuthenticationSubject: "Code",
    EmailAuthenticationMessage: "It is {####}",
    SmsAuthenticationMessage: "{####}!",
  });

  expect(invitation).toEqual({ subject: "Welcome", email: "{username} {####}", sms: "{####}" });
  expect(authentication).toEqual({ subject: "Code", email: "It is {####}", sms: "{####}!" });
});
