import assert from "node:assert/strict";
import {
  AdminGetUserAuthFactorsCommand,
  AdminSetUserMFAPreferenceCommand,
  AssociateSoftwareTokenCommand,
  type ChallengeNameType,
  type CognitoIdentityProviderClient,
  GetUserCommand,
  type InitiateAuthCommandOutput,
  RespondToAuthChallengeCommand,
  SetUserMFAPreferenceCommand,
  VerifySoftwareTokenCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import type { UserPool } from "../../../src/tools/cognito-server/user-pool.ts";
import { authenticatorCode } from "../support/authenticator-app.ts";
import { addPerson, POOL_ID } from "../support/people.ts";
import { after, before, describe, it } from "../support/scenario.ts";
import { sdkFor, signIn, start } from "../support/sdk.ts";
import { tokensIn } from "../support/tokens.ts";
import { codeFor, PASSWORD, startPool, webClient } from "../support/user-pool.ts";

const ClientId = "localwebclient";
const PHONE = "+15550002222";

let optional: UserPool;
let required: UserPool;
let sdk: CognitoIdentityProviderClient;

before(async () => {
  const methods = ["SOFTWARE_TOKEN_MFA", "SMS_MFA", "EMAIL_OTP"] as const;
  optional = await startPool({ mfa: { mode: "OPTIONAL", methods }, clients: [webClient()] });
  required = await startPool({
    mfa: { mode: "ON", methods: ["SOFTWARE_TOKEN_MFA"] },
    clients: [webClient()],
  });
  sdk = sdkFor(optional);
});
after(() => Promise.all([optional.stop(), required.stop()]).then(() => undefined));

/** The next challenge of a sign-in with the password. */
const challenged = (email: string) => start(sdk, "USER_PASSWORD_AUTH", { USERNAME: email, PASSWORD });

const answer = (
  challenge: Pick<InitiateAuthCommandOutput, "ChallengeName" | "Session">,
  responses: Record<string, string>,
) =>
  sdk.send(
    new RespondToAuthChallengeCommand({
      ClientId,
      ChallengeName: challenge.ChallengeName,
      Session: challenge.Session,
      ChallengeResponses: responses,
    }),
  );

/** Sets up an authenticator app for a user who is signed in. */
async function setUpApp(AccessToken: string): Promise<string> {
  const { SecretCode = "" } = await sdk.send(new AssociateSoftwareTokenCommand({ AccessToken }));
  const verify = (UserCode: string) =>
    sdk.send(new VerifySoftwareTokenCommand({ AccessToken, UserCode, FriendlyDeviceName: "phone" }));
  await assert.rejects(verify(authenticatorCode(SecretCode, 40)), {
    name: "EnableSoftwareTokenMFAException",
  });
  assert.equal((await verify(authenticatorCode(SecretCode))).Status, "SUCCESS");
  return SecretCode;
}

describe("the AWS SDK, with a second factor", () => {
  it("sets up an authenticator app, and signs in with its code", async () => {
    const email = await addPerson(optional);
    const { accessToken: AccessToken } = await signIn(sdk, email);
    const secret = await setUpApp(AccessToken);
    await sdk.send(
      new SetUserMFAPreferenceCommand({
        AccessToken,
        SoftwareTokenMfaSettings: { Enabled: true, PreferredMfa: true },
      }),
    );
    const user = await sdk.send(new GetUserCommand({ AccessToken }));
    assert.deepEqual(user.UserMFASettingList, ["SOFTWARE_TOKEN_MFA"]);
    assert.equal(user.PreferredMfaSetting, "SOFTWARE_TOKEN_MFA");
    const challenge = await challenged(email);
    assert.equal(challenge.ChallengeName, "SOFTWARE_TOKEN_MFA");
    assert.equal(challenge.ChallengeParameters?.["FRIENDLY_DEVICE_NAME"], "phone");
    const respond = (SOFTWARE_TOKEN_MFA_CODE: string) =>
      answer(challenge, { USERNAME: email, SOFTWARE_TOKEN_MFA_CODE });
    await assert.rejects(respond(authenticatorCode(secret, 40)), { name: "CodeMismatchException" });
    tokensIn(await respond(authenticatorCode(secret, 1)));
  });

  it("signs in with a code by SMS and by mail, as an administrator set it", async () => {
    const email = await addPerson(optional, { phone_number: PHONE, phone_number_verified: "true" });
    const prefer = (method: "SMSMfaSettings" | "EmailMfaSettings") =>
      sdk.send(
        new AdminSetUserMFAPreferenceCommand({
          UserPoolId: POOL_ID,
          Username: email,
          [method]: { Enabled: true, PreferredMfa: true },
        }),
      );
    await prefer("SMSMfaSettings");
    const bySms = await challenged(email);
    assert.equal(bySms.ChallengeName, "SMS_MFA");
    assert.equal(bySms.ChallengeParameters?.["CODE_DELIVERY_DESTINATION"], "+*******2222");
    tokensIn(await answer(bySms, { USERNAME: email, SMS_MFA_CODE: await codeFor(optional, PHONE) }));
    await prefer("EmailMfaSettings");
    const byMail = await challenged(email);
    assert.equal(byMail.ChallengeName, "EMAIL_OTP");
    tokensIn(await answer(byMail, { USERNAME: email, EMAIL_OTP_CODE: await codeFor(optional, email) }));
    const factors = await sdk.send(
      new AdminGetUserAuthFactorsCommand({ UserPoolId: POOL_ID, Username: email }),
    );
    assert.deepEqual(factors.UserMFASettingList?.sort(), ["EMAIL_OTP", "SMS_MFA"]);
  });

  it("chooses among methods of which none is preferred", async () => {
    const phone = "+15550003333";
    const email = await addPerson(optional, { phone_number: phone, phone_number_verified: "true" });
    const { accessToken: AccessToken } = await signIn(sdk, email);
    await sdk.send(
      new SetUserMFAPreferenceCommand({
        AccessToken,
        SMSMfaSettings: { Enabled: true },
        EmailMfaSettings: { Enabled: true },
      }),
    );
    const choice = await challenged(email);
    assert.equal(choice.ChallengeName, "SELECT_MFA_TYPE");
    const sent = await answer(choice, { USERNAME: email, ANSWER: "SMS_MFA" });
    assert.equal(sent.ChallengeName, "SMS_MFA" satisfies ChallengeNameType);
    tokensIn(await answer(sent, { USERNAME: email, SMS_MFA_CODE: await codeFor(optional, phone) }));
  });

  it("has to set up an authenticator app where the pool requires one", async () => {
    const email = await addPerson(required);
    const there = sdkFor(required);
    const setup = await start(there, "USER_PASSWORD_AUTH", { USERNAME: email, PASSWORD });
    assert.equal(setup.ChallengeName, "MFA_SETUP");
    assert.deepEqual(JSON.parse(setup.ChallengeParameters?.["MFAS_CAN_SETUP"] ?? ""), ["SOFTWARE_TOKEN_MFA"]);
    const { SecretCode = "", Session } = await there.send(
      new AssociateSoftwareTokenCommand({ Session: setup.Session }),
    );
    const verified = await there.send(
      new VerifySoftwareTokenCommand({ Session, UserCode: authenticatorCode(SecretCode) }),
    );
    const done = await there.send(
      new RespondToAuthChallengeCommand({
        ClientId,
        ChallengeName: "MFA_SETUP",
        Session: verified.Session,
        ChallengeResponses: { USERNAME: email },
      }),
    );
    tokensIn(done);
    const next = await start(there, "USER_PASSWORD_AUTH", { USERNAME: email, PASSWORD });
    assert.equal(next.ChallengeName, "SOFTWARE_TOKEN_MFA");
  });
});
