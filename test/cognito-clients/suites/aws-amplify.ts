import assert from "node:assert/strict";
import * as auth from "aws-amplify/auth";
import type { UserPool } from "../../../src/tools/cognito-server/user-pool.ts";
import { configureAmplify } from "../snippets/aws-amplify.ts";
import { authenticatorCode } from "../support/authenticator-app.ts";
import { addNewcomer, addPerson, administer, refreshed, tokensFor } from "../support/people.ts";
import { RIDDLE } from "../support/riddle.ts";
import { after, before, describe, it } from "../support/scenario.ts";
import { codeFor, newAddress, PASSWORD, startPool, webClient } from "../support/user-pool.ts";

/** Signs in after the sign-up without a password. */
const BY_CODE = { authFlowType: "USER_AUTH" } as const;

let pool: UserPool;

before(async () => {
  pool = await startPool(
    {
      mfa: { mode: "OPTIONAL", methods: ["SOFTWARE_TOKEN_MFA", "SMS_MFA", "EMAIL_OTP"] },
      firstFactors: ["PASSWORD", "EMAIL_OTP"],
      clients: [webClient()],
    },
    RIDDLE,
  );
  configureAmplify(pool.url);
});
after(() => pool.stop());

/** Amplify knows one user at a time: the last one goes first. */
async function newcomer(attributes?: Record<string, string>): Promise<string> {
  await auth.signOut();
  return addPerson(pool, attributes);
}

/** Signs up; Amplify's timer, which forgets a sign-up after three minutes, does not keep this process. */
async function signUp(input: auth.SignUpInput): Promise<auth.SignUpOutput> {
  await auth.signOut();
  const { setTimeout: timer } = globalThis;
  const loose = (...args: Parameters<typeof setTimeout>) => timer(...args).unref();
  globalThis.setTimeout = loose as typeof setTimeout;
  try {
    return await auth.signUp(input);
  } finally {
    globalThis.setTimeout = timer;
  }
}

/** Signs in by the password itself: SRP takes a second. */
const signIn = (username: string, password = PASSWORD) =>
  auth.signIn({ username, password, options: { authFlowType: "USER_PASSWORD_AUTH" } });

async function signedIn(attributes?: Record<string, string>): Promise<string> {
  const email = await newcomer(attributes);
  const { isSignedIn } = await signIn(email);
  assert.equal(isSignedIn, true);
  return email;
}

describe("aws-amplify", () => {
  it("signs up, resends the code, confirms and signs in by itself", async () => {
    const username = newAddress();
    const options = { userAttributes: { email: username, name: "Ada" }, autoSignIn: true };
    const signedUp = await signUp({ username, password: PASSWORD, options });
    assert.equal(signedUp.nextStep.signUpStep, "CONFIRM_SIGN_UP");
    await auth.resendSignUpCode({ username });
    const confirmationCode = await codeFor(pool, username);
    const confirmed = await auth.confirmSignUp({ username, confirmationCode });
    assert.equal(confirmed.nextStep.signUpStep, "COMPLETE_AUTO_SIGN_IN");
    assert.equal((await auth.autoSignIn()).isSignedIn, true);
    assert.equal((await auth.fetchUserAttributes()).name, "Ada");
  });

  it("signs in by the code of the sign-up alone, in a pool with codes in place of passwords", async () => {
    const username = newAddress();
    await signUp({ username, options: { userAttributes: { email: username }, autoSignIn: BY_CODE } });
    await auth.confirmSignUp({ username, confirmationCode: await codeFor(pool, username) });
    assert.equal((await auth.autoSignIn()).isSignedIn, true);
    assert.equal((await auth.fetchUserAttributes()).email_verified, "true");
  });

  it("signs in by SRP, and has the tokens of the session", async () => {
    const email = await newcomer();
    const { isSignedIn } = await auth.signIn({ username: email, password: PASSWORD });
    assert.equal(isSignedIn, true);
    const { tokens } = await auth.fetchAuthSession();
    assert.equal(tokens?.idToken?.payload["email"], email);
    assert.equal((await auth.getCurrentUser()).signInDetails?.loginId, email);
  });

  it("is refused a wrong password and an unknown user", async () => {
    const email = await newcomer();
    await assert.rejects(signIn(email, "Wrong-Horse-9"), {
      name: "NotAuthorizedException",
      message: "Incorrect username or password.",
    });
    await assert.rejects(signIn("nobody@example.com"), { name: "UserNotFoundException" });
  });

  it("is told to confirm a sign-up first", async () => {
    const username = newAddress();
    await signUp({ username, password: PASSWORD });
    assert.equal((await signIn(username)).nextStep.signInStep, "CONFIRM_SIGN_UP");
  });

  it("replaces a temporary password", async () => {
    await auth.signOut();
    const username = await addNewcomer(pool, "Temporary-Horse-1");
    const asked = await auth.signIn({ username, password: "Temporary-Horse-1" });
    assert.equal(asked.nextStep.signInStep, "CONFIRM_SIGN_IN_WITH_NEW_PASSWORD_REQUIRED");
    const options = { userAttributes: { name: "Ada" } };
    const { isSignedIn } = await auth.confirmSignIn({ challengeResponse: PASSWORD, options });
    assert.equal(isSignedIn, true);
  });

  it("sets up an authenticator app, and signs in with its code", async () => {
    const email = await signedIn();
    const { sharedSecret } = await auth.setUpTOTP();
    await auth.verifyTOTPSetup({ code: authenticatorCode(sharedSecret) });
    await auth.updateMFAPreference({ totp: "PREFERRED" });
    assert.deepEqual(await auth.fetchMFAPreference(), { enabled: ["TOTP"], preferred: "TOTP" });
    await auth.signOut();
    const asked = await signIn(email);
    assert.equal(asked.nextStep.signInStep, "CONFIRM_SIGN_IN_WITH_TOTP_CODE");
    const challengeResponse = authenticatorCode(sharedSecret, 1);
    assert.equal((await auth.confirmSignIn({ challengeResponse })).isSignedIn, true);
  });

  it("chooses a second factor, and signs in with its code by SMS", async () => {
    const phone = "+15550005555";
    const email = await newcomer({ phone_number: phone, phone_number_verified: "true" });
    await administer(pool, "AdminSetUserMFAPreference", {
      Username: email,
      SMSMfaSettings: { Enabled: true },
      EmailMfaSettings: { Enabled: true },
    });
    const choice = await signIn(email);
    assert.equal(choice.nextStep.signInStep, "CONTINUE_SIGN_IN_WITH_MFA_SELECTION");
    const sent = await auth.confirmSignIn({ challengeResponse: "SMS" });
    assert.equal(sent.nextStep.signInStep, "CONFIRM_SIGN_IN_WITH_SMS_CODE");
    const challengeResponse = await codeFor(pool, phone);
    assert.equal((await auth.confirmSignIn({ challengeResponse })).isSignedIn, true);
  });

  it("signs in with a code by mail after the password", async () => {
    const email = await newcomer();
    await administer(pool, "AdminSetUserMFAPreference", {
      Username: email,
      EmailMfaSettings: { Enabled: true, PreferredMfa: true },
    });
    const asked = await signIn(email);
    assert.equal(asked.nextStep.signInStep, "CONFIRM_SIGN_IN_WITH_EMAIL_CODE");
    const challengeResponse = await codeFor(pool, email);
    assert.equal((await auth.confirmSignIn({ challengeResponse })).isSignedIn, true);
  });

  it("signs in with a code by mail in place of the password, preferred or chosen", async () => {
    const email = await newcomer();
    const preferred = await auth.signIn({
      username: email,
      options: { authFlowType: "USER_AUTH", preferredChallenge: "EMAIL_OTP" },
    });
    assert.equal(preferred.nextStep.signInStep, "CONFIRM_SIGN_IN_WITH_EMAIL_CODE");
    const first = await auth.confirmSignIn({ challengeResponse: await codeFor(pool, email) });
    assert.equal(first.isSignedIn, true);
    await auth.signOut();
    const choice = await auth.signIn({ username: email, options: { authFlowType: "USER_AUTH" } });
    assert.equal(choice.nextStep.signInStep, "CONTINUE_SIGN_IN_WITH_FIRST_FACTOR_SELECTION");
    await auth.confirmSignIn({ challengeResponse: "EMAIL_OTP" });
    const again = await auth.confirmSignIn({ challengeResponse: await codeFor(pool, email) });
    assert.equal(again.isSignedIn, true);
  });

  it("chooses the password, by SRP", async () => {
    const email = await newcomer();
    await auth.signIn({ username: email, options: { authFlowType: "USER_AUTH" } });
    const asked = await auth.confirmSignIn({ challengeResponse: "PASSWORD_SRP" });
    assert.equal(asked.nextStep.signInStep, "CONFIRM_SIGN_IN_WITH_PASSWORD");
    assert.equal((await auth.confirmSignIn({ challengeResponse: PASSWORD })).isSignedIn, true);
  });

  it("answers a challenge of triggers, alone and after the password", async () => {
    const username = await newcomer();
    const alone = await auth.signIn({ username, options: { authFlowType: "CUSTOM_WITHOUT_SRP" } });
    assert.equal(alone.nextStep.signInStep, "CONFIRM_SIGN_IN_WITH_CUSTOM_CHALLENGE");
    assert.equal((await auth.confirmSignIn({ challengeResponse: "4" })).isSignedIn, true);
    await auth.signOut();
    const options = { authFlowType: "CUSTOM_WITH_SRP" } as const;
    const after = await auth.signIn({ username, password: PASSWORD, options });
    assert.equal(after.nextStep.signInStep, "CONFIRM_SIGN_IN_WITH_CUSTOM_CHALLENGE");
    assert.equal((await auth.confirmSignIn({ challengeResponse: "4" })).isSignedIn, true);
  });

  it("refreshes the session", async () => {
    await signedIn();
    const before = (await auth.fetchAuthSession()).tokens?.accessToken;
    const now = (await auth.fetchAuthSession({ forceRefresh: true })).tokens?.accessToken;
    assert.notEqual(now?.payload["jti"], before?.payload["jti"]);
    assert.equal(now?.payload["origin_jti"], before?.payload["origin_jti"]);
  });

  it("signs out, here and everywhere", async () => {
    const email = await signedIn();
    const { refreshToken: other } = await tokensFor(pool, email);
    await auth.signOut({ global: true });
    await assert.rejects(refreshed(pool, other), {
      message: "Refresh Token has been revoked",
    });
    await assert.rejects(auth.getCurrentUser(), { name: "UserUnAuthenticatedException" });
  });

  it("sets another password with the code of a mail", async () => {
    const username = await newcomer();
    const { nextStep } = await auth.resetPassword({ username });
    assert.equal(nextStep.resetPasswordStep, "CONFIRM_RESET_PASSWORD_WITH_CODE");
    const confirmationCode = await codeFor(pool, username);
    await auth.confirmResetPassword({ username, newPassword: "Another-Horse-8", confirmationCode });
    assert.equal((await signIn(username, "Another-Horse-8")).isSignedIn, true);
  });

  it("changes the password of a user who is signed in", async () => {
    const email = await signedIn();
    await auth.updatePassword({ oldPassword: PASSWORD, newPassword: "Another-Horse-8" });
    await auth.signOut();
    assert.equal((await signIn(email, "Another-Horse-8")).isSignedIn, true);
  });

  it("writes, verifies and deletes attributes", async () => {
    await signedIn();
    const next = newAddress();
    const written = await auth.updateUserAttributes({ userAttributes: { name: "Ada", email: next } });
    assert.equal(written.name?.isUpdated, true);
    assert.equal(written.email?.nextStep.updateAttributeStep, "CONFIRM_ATTRIBUTE_WITH_CODE");
    await auth.sendUserAttributeVerificationCode({ userAttributeKey: "email" });
    const confirmationCode = await codeFor(pool, next);
    await auth.confirmUserAttribute({ userAttributeKey: "email", confirmationCode });
    assert.equal((await auth.fetchUserAttributes()).email, next);
    await auth.deleteUserAttributes({ userAttributeKeys: ["name"] });
    assert.equal((await auth.fetchUserAttributes()).name, undefined);
  });

  it("deletes the user", async () => {
    const email = await signedIn();
    await auth.deleteUser();
    await assert.rejects(signIn(email), { name: "UserNotFoundException" });
  });
});
