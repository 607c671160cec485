import assert from "node:assert/strict";
import {
  AuthenticationDetails,
  CognitoUser,
  CognitoUserAttribute,
  type CognitoUserPool,
} from "amazon-cognito-identity-js";
import type { UserPool } from "../../../src/tools/cognito-server/user-pool.ts";
import { userPoolAt } from "../snippets/amazon-cognito-identity-js.ts";
import { authenticatorCode } from "../support/authenticator-app.ts";
import { answered, asked, done, type Outcome, sessionOf } from "../support/identity-js.ts";
import { addNewcomer, addPerson, administer, refreshed } from "../support/people.ts";
import { RIDDLE } from "../support/riddle.ts";
import { after, before, describe, it } from "../support/scenario.ts";
import { codeFor, newAddress, PASSWORD, startPool, webClient } from "../support/user-pool.ts";

let pool: UserPool;
let Pool: CognitoUserPool;

before(async () => {
  pool = await startPool(
    { mfa: { mode: "OPTIONAL", methods: ["SOFTWARE_TOKEN_MFA", "SMS_MFA"] }, clients: [webClient()] },
    RIDDLE,
  );
  Pool = userPoolAt(pool.url);
});
after(() => pool.stop());

const userOf = (Username: string) => new CognitoUser({ Username, Pool });

function signIn(user: CognitoUser, Password = PASSWORD): Promise<Outcome> {
  const details = new AuthenticationDetails({ Username: user.getUsername(), Password });
  return asked((callbacks) => user.authenticateUser(details, callbacks));
}

/** A new user, who is signed in: by the password itself, for SRP takes a second. */
async function signedIn() {
  const email = await addPerson(pool);
  const user = userOf(email);
  user.setAuthenticationFlowType("USER_PASSWORD_AUTH");
  return { email, user, session: sessionOf(await signIn(user)) };
}

async function attributesOf(user: CognitoUser): Promise<Record<string, string>> {
  const list = await answered<CognitoUserAttribute[]>((callback) => user.getUserAttributes(callback));
  return Object.fromEntries(list.map((attribute) => [attribute.getName(), attribute.getValue()]));
}

describe("amazon-cognito-identity-js", () => {
  it("signs up, resends the code and confirms", async () => {
    const email = newAddress();
    const attributes = [new CognitoUserAttribute({ Name: "name", Value: "Ada" })];
    const { user, userConfirmed } = await answered<{ user: CognitoUser; userConfirmed: boolean }>(
      (callback) => Pool.signUp(email, PASSWORD, attributes, [], callback),
    );
    assert.equal(userConfirmed, false);
    await assert.rejects(signIn(user), { code: "UserNotConfirmedException" });
    await answered((callback) => user.resendConfirmationCode(callback));
    const code = await codeFor(pool, email);
    await answered((callback) => user.confirmRegistration(code, false, callback));
    sessionOf(await signIn(user));
    assert.equal((await attributesOf(user))["name"], "Ada");
  });

  it("signs in by SRP, and knows the session again", async () => {
    const email = await addPerson(pool);
    const user = userOf(email);
    const session = sessionOf(await signIn(user));
    assert.equal(session.isValid(), true);
    assert.equal(session.getIdToken().payload["email"], email);
    const known = await new Promise((resolve) => {
      user.getSession((_error: unknown, found: unknown) => resolve(found));
    });
    assert.equal(known, session);
  });

  it("signs in with the password itself", async () => {
    const { email, session } = await signedIn();
    assert.equal(session.getIdToken().payload["email"], email);
  });

  it("is refused a wrong password and an unknown user", async () => {
    const email = await addPerson(pool);
    await assert.rejects(signIn(userOf(email), "Wrong-Horse-9"), {
      code: "NotAuthorizedException",
      message: "Incorrect username or password.",
    });
    await assert.rejects(signIn(userOf("nobody@example.com")), { code: "UserNotFoundException" });
  });

  it("replaces a temporary password", async () => {
    const email = await addNewcomer(pool, "Temporary-Horse-1");
    const user = userOf(email);
    assert.equal((await signIn(user, "Temporary-Horse-1")).asks, "new password");
    const answer = { name: "Ada" };
    sessionOf(await asked((callbacks) => user.completeNewPasswordChallenge(PASSWORD, answer, callbacks)));
    assert.equal((await attributesOf(user))["name"], "Ada");
  });

  it("sets up an authenticator app, and signs in with its code", async () => {
    const { user, email } = await signedIn();
    const secret = await new Promise<string>((resolve, reject) => {
      user.associateSoftwareToken({ associateSecretCode: resolve, onFailure: reject });
    });
    await done((callbacks) => user.verifySoftwareToken(authenticatorCode(secret), "phone", callbacks));
    const settings = { PreferredMfa: true, Enabled: true };
    await answered((callback) => user.setUserMfaPreference(null, settings, callback));
    const again = userOf(email);
    assert.equal((await signIn(again)).asks, "code of the app");
    const code = authenticatorCode(secret, 1);
    sessionOf(await asked((callbacks) => again.sendMFACode(code, callbacks, "SOFTWARE_TOKEN_MFA")));
  });

  it("signs in with a code by SMS", async () => {
    const phone = "+15550004444";
    const email = await addPerson(pool, { phone_number: phone, phone_number_verified: "true" });
    await administer(pool, "AdminSetUserMFAPreference", {
      Username: email,
      SMSMfaSettings: { Enabled: true, PreferredMfa: true },
    });
    const user = userOf(email);
    assert.equal((await signIn(user)).asks, "code by SMS");
    await assert.rejects(
      asked((callbacks) => user.sendMFACode("0", callbacks)),
      { code: "CodeMismatchException" },
    );
    const code = await codeFor(pool, phone);
    sessionOf(await asked((callbacks) => user.sendMFACode(code, callbacks)));
  });

  it("answers a challenge of triggers, alone and after the password", async () => {
    const email = await addPerson(pool);
    const user = userOf(email);
    user.setAuthenticationFlowType("CUSTOM_AUTH");
    const details = new AuthenticationDetails({ Username: email });
    const alone = await asked((callbacks) => user.initiateAuth(details, callbacks));
    assert.equal(alone.asks === "custom" && alone.parameters["question"], "2 + 2");
    sessionOf(await asked((callbacks) => user.sendCustomChallengeAnswer("4", callbacks)));
    const second = userOf(email);
    second.setAuthenticationFlowType("CUSTOM_AUTH");
    assert.equal((await signIn(second)).asks, "custom");
    sessionOf(await asked((callbacks) => second.sendCustomChallengeAnswer("4", callbacks)));
  });

  it("refreshes, and signs out everywhere", async () => {
    const { user, session } = await signedIn();
    const refreshToken = session.getRefreshToken();
    const fresh = await answered<typeof session>((callback) => user.refreshSession(refreshToken, callback));
    assert.notEqual(fresh.getAccessToken().getJwtToken(), session.getAccessToken().getJwtToken());
    await done((callbacks) => user.globalSignOut(callbacks));
    // This client repeats a refused refresh for seven seconds.
    await assert.rejects(refreshed(pool, refreshToken.getToken()), {
      message: "Refresh Token has been revoked",
    });
  });

  it("signs out, which revokes the refresh token", async () => {
    const { user, session } = await signedIn();
    await new Promise<void>((resolve) => user.signOut(resolve));
    await assert.rejects(refreshed(pool, session.getRefreshToken().getToken()), {
      message: "Refresh Token has been revoked",
    });
  });

  it("sets another password with the code of a mail", async () => {
    const email = await addPerson(pool);
    const user = userOf(email);
    await done((callbacks) => user.forgotPassword(callbacks));
    const code = await codeFor(pool, email);
    await done<string>((callbacks) => user.confirmPassword(code, "Another-Horse-8", callbacks));
    sessionOf(await signIn(userOf(email), "Another-Horse-8"));
  });

  it("changes the password of a user who is signed in", async () => {
    const { user, email } = await signedIn();
    await answered((callback) => user.changePassword(PASSWORD, "Another-Horse-8", callback));
    sessionOf(await signIn(userOf(email), "Another-Horse-8"));
  });

  it("writes, verifies and deletes attributes", async () => {
    const { user } = await signedIn();
    const next = newAddress();
    const written = [
      new CognitoUserAttribute({ Name: "name", Value: "Ada" }),
      new CognitoUserAttribute({ Name: "email", Value: next }),
    ];
    await answered((callback) => user.updateAttributes(written, callback));
    await done((callbacks) =>
      user.getAttributeVerificationCode("email", {
        ...callbacks,
        inputVerificationCode: () => callbacks.onSuccess(""),
      }),
    );
    const code = await codeFor(pool, next);
    await done<string>((callbacks) => user.verifyAttribute("email", code, callbacks));
    assert.equal((await attributesOf(user))["email"], next);
    await answered((callback) => user.deleteAttributes(["name"], callback));
    assert.equal((await attributesOf(user))["name"], undefined);
  });

  it("deletes the user", async () => {
    const { user, email } = await signedIn();
    await answered((callback) => user.deleteUser(callback));
    await assert.rejects(signIn(userOf(email)), { code: "UserNotFoundException" });
  });
});
