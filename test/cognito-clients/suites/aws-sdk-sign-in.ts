import assert from "node:assert/strict";
import {
  AdminCreateUserCommand,
  AdminInitiateAuthCommand,
  AdminRespondToAuthChallengeCommand,
  AdminUserGlobalSignOutCommand,
  type CognitoIdentityProviderClient,
  GetTokensFromRefreshTokenCommand,
  GetUserAuthFactorsCommand,
  GetUserCommand,
  GlobalSignOutCommand,
  RespondToAuthChallengeCommand,
  RevokeTokenCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import type { UserPool } from "../../../src/tools/cognito-server/user-pool.ts";
import { addPerson, POOL_ID } from "../support/people.ts";
import { RIDDLE } from "../support/riddle.ts";
import { after, before, describe, it } from "../support/scenario.ts";
import { sdkFor, secretHash, signIn, start } from "../support/sdk.ts";
import { claimsOf, tokensIn } from "../support/tokens.ts";
import {
  codeFor,
  confidentialClient,
  newAddress,
  PASSWORD,
  publicClient,
  startPool,
  webClient,
} from "../support/user-pool.ts";

const ClientId = "localwebclient";
const SERVER = { id: "serverclient", secret: "secret-of-server" } as const;

let pool: UserPool;
let sdk: CognitoIdentityProviderClient;

before(async () => {
  pool = await startPool(
    {
      firstFactors: ["PASSWORD", "EMAIL_OTP", "SMS_OTP"],
      clients: [
        webClient(),
        publicClient("discreet", { preventUserExistenceErrors: true }),
        publicClient("srp", { explicitAuthFlows: ["ALLOW_USER_SRP_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"] }),
        publicClient("rotating", { rotationGraceSeconds: 0 }),
        confidentialClient("server"),
      ],
    },
    RIDDLE,
  );
  sdk = sdkFor(pool);
});
after(() => pool.stop());

const getUser = (AccessToken: string) => sdk.send(new GetUserCommand({ AccessToken }));

describe("the AWS SDK, signing in", () => {
  it("gets tokens for a password", async () => {
    const email = await addPerson(pool);
    const { accessToken, idToken } = await signIn(sdk, email);
    const access = claimsOf(accessToken);
    assert.equal(access["iss"], `https://cognito-idp.us-east-1.amazonaws.com/${POOL_ID}`);
    assert.equal(access["client_id"], ClientId);
    assert.equal(access["token_use"], "access");
    assert.equal(access["scope"], "aws.cognito.signin.user.admin");
    const id = claimsOf(idToken);
    assert.equal(id["aud"], ClientId);
    assert.equal(id["email"], email);
    assert.equal(id["origin_jti"], access["origin_jti"]);
  });

  it("is refused a wrong password, and learns of an unknown user only where the client tells", async () => {
    const email = await addPerson(pool);
    const wrong = { name: "NotAuthorizedException", message: "Incorrect username or password." };
    await assert.rejects(signIn(sdk, email, "Wrong-Horse-9"), wrong);
    await assert.rejects(signIn(sdk, "nobody@example.com"), {
      name: "UserNotFoundException",
      message: "User does not exist.",
    });
    await assert.rejects(signIn(sdk, "nobody@example.com", PASSWORD, "discreetclient"), wrong);
  });

  it("is refused a flow that the client does not allow", async () => {
    const email = await addPerson(pool);
    await assert.rejects(signIn(sdk, email, PASSWORD, "srpclient"), {
      name: "InvalidParameterException",
      message: "USER_PASSWORD_AUTH flow not enabled for this client",
    });
  });

  it("proves the secret of a client that has one", async () => {
    const email = await addPerson(pool);
    const parameters = { USERNAME: email, PASSWORD };
    await assert.rejects(start(sdk, "USER_PASSWORD_AUTH", parameters, SERVER.id), {
      name: "NotAuthorizedException",
      message: `Client ${SERVER.id} is configured with secret but SECRET_HASH was not received`,
    });
    const SECRET_HASH = secretHash(email, SERVER.id, SERVER.secret);
    tokensIn(await start(sdk, "USER_PASSWORD_AUTH", { ...parameters, SECRET_HASH }, SERVER.id));
  });

  it("replaces a temporary password", async () => {
    const email = newAddress();
    await sdk.send(
      new AdminCreateUserCommand({
        UserPoolId: POOL_ID,
        Username: email,
        TemporaryPassword: "Temporary-Horse-1",
        DesiredDeliveryMediums: ["EMAIL"],
        UserAttributes: [{ Name: "email", Value: email }],
      }),
    );
    const temporary = await codeFor(pool, email);
    const challenge = await start(sdk, "USER_PASSWORD_AUTH", { USERNAME: email, PASSWORD: temporary });
    assert.equal(challenge.ChallengeName, "NEW_PASSWORD_REQUIRED");
    assert.equal(challenge.ChallengeParameters?.["requiredAttributes"], "[]");
    const respond = (NEW_PASSWORD: string) =>
      sdk.send(
        new RespondToAuthChallengeCommand({
          ClientId,
          ChallengeName: challenge.ChallengeName,
          Session: challenge.Session,
          ChallengeResponses: { USERNAME: email, NEW_PASSWORD },
        }),
      );
    await assert.rejects(respond("short"), { name: "InvalidPasswordException" });
    tokensIn(await respond(PASSWORD));
    await signIn(sdk, email);
  });

  it("signs in as an administrator, through a challenge", async () => {
    const email = newAddress();
    await sdk.send(
      new AdminCreateUserCommand({
        UserPoolId: POOL_ID,
        Username: email,
        TemporaryPassword: "Temporary-Horse-1",
        UserAttributes: [{ Name: "email", Value: email }],
      }),
    );
    const challenge = await sdk.send(
      new AdminInitiateAuthCommand({
        UserPoolId: POOL_ID,
        ClientId,
        AuthFlow: "ADMIN_USER_PASSWORD_AUTH",
        AuthParameters: { USERNAME: email, PASSWORD: "Temporary-Horse-1" },
      }),
    );
    const answer = await sdk.send(
      new AdminRespondToAuthChallengeCommand({
        UserPoolId: POOL_ID,
        ClientId,
        ChallengeName: challenge.ChallengeName,
        Session: challenge.Session,
        ChallengeResponses: { USERNAME: email, NEW_PASSWORD: PASSWORD },
      }),
    );
    tokensIn(answer);
  });

  it("answers a challenge of triggers, twice if the first answer is wrong", async () => {
    const email = await addPerson(pool);
    const first = await start(sdk, "CUSTOM_AUTH", { USERNAME: email });
    assert.equal(first.ChallengeName, "CUSTOM_CHALLENGE");
    assert.equal(first.ChallengeParameters?.["question"], "2 + 2");
    const answer = (Session: string | undefined, ANSWER: string) =>
      sdk.send(
        new RespondToAuthChallengeCommand({
          ClientId,
          ChallengeName: "CUSTOM_CHALLENGE",
          Session,
          ChallengeResponses: { USERNAME: email, ANSWER },
        }),
      );
    const second = await answer(first.Session, "5");
    assert.equal(second.ChallengeName, "CUSTOM_CHALLENGE");
    tokensIn(await answer(second.Session, "4"));
  });

  it("chooses how to sign in: with a code by mail, in place of the password", async () => {
    const email = await addPerson(pool);
    const choice = await start(sdk, "USER_AUTH", { USERNAME: email });
    assert.equal(choice.ChallengeName, "SELECT_CHALLENGE");
    assert.deepEqual(choice.AvailableChallenges, ["EMAIL_OTP", "PASSWORD_SRP", "PASSWORD"]);
    const sent = await sdk.send(
      new RespondToAuthChallengeCommand({
        ClientId,
        ChallengeName: "SELECT_CHALLENGE",
        Session: choice.Session,
        ChallengeResponses: { USERNAME: email, ANSWER: "EMAIL_OTP" },
      }),
    );
    assert.equal(sent.ChallengeName, "EMAIL_OTP");
    const EMAIL_OTP_CODE = await codeFor(pool, email);
    const answer = await sdk.send(
      new RespondToAuthChallengeCommand({
        ClientId,
        ChallengeName: "EMAIL_OTP",
        Session: sent.Session,
        ChallengeResponses: { USERNAME: email, EMAIL_OTP_CODE },
      }),
    );
    const { accessToken: AccessToken } = tokensIn(answer);
    const factors = await sdk.send(new GetUserAuthFactorsCommand({ AccessToken }));
    assert.deepEqual(factors.ConfiguredUserAuthFactors, ["EMAIL_OTP", "PASSWORD"]);
  });

  it("prefers a challenge: the password, and a code by SMS", async () => {
    const phone = "+15550001111";
    const email = await addPerson(pool, { phone_number: phone, phone_number_verified: "true" });
    const byPassword = { USERNAME: email, PREFERRED_CHALLENGE: "PASSWORD", PASSWORD };
    tokensIn(await start(sdk, "USER_AUTH", byPassword));
    const sent = await start(sdk, "USER_AUTH", { USERNAME: email, PREFERRED_CHALLENGE: "SMS_OTP" });
    assert.equal(sent.ChallengeName, "SMS_OTP");
    const answer = await sdk.send(
      new RespondToAuthChallengeCommand({
        ClientId,
        ChallengeName: "SMS_OTP",
        Session: sent.Session,
        ChallengeResponses: { USERNAME: email, SMS_OTP_CODE: await codeFor(pool, phone) },
      }),
    );
    tokensIn(answer);
  });
});

describe("the AWS SDK, with tokens", () => {
  it("refreshes with one token again and again, and the sign-in stays the same", async () => {
    const { accessToken, refreshToken: REFRESH_TOKEN } = await signIn(sdk, await addPerson(pool));
    await start(sdk, "REFRESH_TOKEN_AUTH", { REFRESH_TOKEN });
    const again = tokensIn(await start(sdk, "REFRESH_TOKEN_AUTH", { REFRESH_TOKEN }));
    assert.equal(again.refreshToken, "");
    const [before, now] = [claimsOf(accessToken), claimsOf(again.accessToken)];
    assert.equal(now["origin_jti"], before["origin_jti"]);
    assert.equal(now["auth_time"], before["auth_time"]);
    assert.notEqual(now["jti"], before["jti"]);
  });

  it("gets another refresh token where the client rotates them, and uses none twice", async () => {
    const rotating = "rotatingclient";
    const signedIn = await signIn(sdk, await addPerson(pool), PASSWORD, rotating);
    await assert.rejects(
      start(sdk, "REFRESH_TOKEN_AUTH", { REFRESH_TOKEN: signedIn.refreshToken }, rotating),
      { name: "InvalidParameterException" },
    );
    const exchange = (RefreshToken: string) =>
      sdk.send(new GetTokensFromRefreshTokenCommand({ ClientId: rotating, RefreshToken }));
    const next = tokensIn(await exchange(signedIn.refreshToken));
    assert.notEqual(next.refreshToken, signedIn.refreshToken);
    await assert.rejects(exchange(signedIn.refreshToken), { name: "RefreshTokenReuseException" });
  });

  it("revokes a sign-in, and leaves another one alone", async () => {
    const email = await addPerson(pool);
    const [one, other] = [await signIn(sdk, email), await signIn(sdk, email)];
    await sdk.send(new RevokeTokenCommand({ ClientId, Token: one.refreshToken }));
    await assert.rejects(start(sdk, "REFRESH_TOKEN_AUTH", { REFRESH_TOKEN: one.refreshToken }), {
      name: "NotAuthorizedException",
      message: "Refresh Token has been revoked",
    });
    await assert.rejects(getUser(one.accessToken), {
      name: "NotAuthorizedException",
      message: "Access Token has been revoked",
    });
    await getUser(other.accessToken);
  });

  it("signs out everywhere, by the user and by an administrator", async () => {
    const email = await addPerson(pool);
    const [one, other] = [await signIn(sdk, email), await signIn(sdk, email)];
    await sdk.send(new GlobalSignOutCommand({ AccessToken: one.accessToken }));
    await assert.rejects(getUser(other.accessToken), {
      name: "NotAuthorizedException",
      message: "Access Token has been revoked",
    });
    const again = await signIn(sdk, email);
    await sdk.send(new AdminUserGlobalSignOutCommand({ UserPoolId: POOL_ID, Username: email }));
    await assert.rejects(getUser(again.accessToken), { name: "NotAuthorizedException" });
  });

  it("is refused a token that is not a JWT", async () => {
    await assert.rejects(getUser("not-a-token"), {
      name: "NotAuthorizedException",
      message: "Invalid Access Token",
    });
  });
});
