import assert from "node:assert/strict";
import {
  ChangePasswordCommand,
  type CognitoIdentityProviderClient,
  ConfirmForgotPasswordCommand,
  ConfirmSignUpCommand,
  DeleteUserAttributesCommand,
  DeleteUserCommand,
  ForgotPasswordCommand,
  GetUserAttributeVerificationCodeCommand,
  GetUserCommand,
  InitiateAuthCommand,
  ResendConfirmationCodeCommand,
  SignUpCommand,
  UpdateUserAttributesCommand,
  VerifyUserAttributeCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import type { UserPool } from "../../../src/tools/cognito-server/user-pool.ts";
import { addPerson } from "../support/people.ts";
import { after, before, describe, it } from "../support/scenario.ts";
import { sdkFor, secretHash, signIn } from "../support/sdk.ts";
import { tokensIn } from "../support/tokens.ts";
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

let pool: UserPool;
let sdk: CognitoIdentityProviderClient;

before(async () => {
  pool = await startPool({
    clients: [
      webClient(),
      publicClient("discreet", { preventUserExistenceErrors: true }),
      confidentialClient("server"),
    ],
  });
  sdk = sdkFor(pool);
});
after(() => pool.stop());

async function attributes(accessToken: string): Promise<Record<string, string | undefined>> {
  const { UserAttributes = [] } = await sdk.send(new GetUserCommand({ AccessToken: accessToken }));
  return Object.fromEntries(UserAttributes.map(({ Name, Value }) => [Name, Value]));
}

describe("the AWS SDK, for a user's own account", () => {
  it("signs up, and confirms with the code of the mail", async () => {
    const email = newAddress();
    const signedUp = await sdk.send(
      new SignUpCommand({
        ClientId,
        Username: email,
        Password: PASSWORD,
        UserAttributes: [{ Name: "email", Value: email }],
      }),
    );
    assert.equal(signedUp.UserConfirmed, false);
    assert.deepEqual(signedUp.CodeDeliveryDetails, {
      AttributeName: "email",
      DeliveryMedium: "EMAIL",
      Destination: "p***@e***",
    });
    await assert.rejects(signIn(sdk, email), {
      name: "UserNotConfirmedException",
      message: "User is not confirmed.",
    });
    await assert.rejects(
      sdk.send(new ConfirmSignUpCommand({ ClientId, Username: email, ConfirmationCode: "0" })),
      {
        name: "CodeMismatchException",
        message: "Invalid verification code provided, please try again.",
      },
    );
    const code = await codeFor(pool, email);
    await sdk.send(new ConfirmSignUpCommand({ ClientId, Username: email, ConfirmationCode: code }));
    const { accessToken } = await signIn(sdk, email);
    const known = await attributes(accessToken);
    assert.equal(known["sub"], signedUp.UserSub);
    assert.equal(known["email_verified"], "true");
  });

  it("resends the code of a sign-up, and the code before no longer counts", async () => {
    const email = newAddress();
    await sdk.send(new SignUpCommand({ ClientId, Username: email, Password: PASSWORD }));
    const first = await codeFor(pool, email);
    await sdk.send(new ResendConfirmationCodeCommand({ ClientId, Username: email }));
    const second = await codeFor(pool, email);
    if (first !== second) {
      await assert.rejects(
        sdk.send(new ConfirmSignUpCommand({ ClientId, Username: email, ConfirmationCode: first })),
        { name: "CodeMismatchException" },
      );
    }
    await sdk.send(new ConfirmSignUpCommand({ ClientId, Username: email, ConfirmationCode: second }));
  });

  it("signs in with the session of the confirmation, without another proof", async () => {
    const email = newAddress();
    await sdk.send(new SignUpCommand({ ClientId, Username: email, Password: PASSWORD }));
    const ConfirmationCode = await codeFor(pool, email);
    const { Session } = await sdk.send(
      new ConfirmSignUpCommand({ ClientId, Username: email, ConfirmationCode }),
    );
    const AuthParameters = { USERNAME: email };
    tokensIn(
      await sdk.send(new InitiateAuthCommand({ ClientId, AuthFlow: "USER_AUTH", AuthParameters, Session })),
    );
  });

  it("is refused a second account of an address, a weak password and an attribute without a schema", async () => {
    const email = await addPerson(pool);
    await assert.rejects(sdk.send(new SignUpCommand({ ClientId, Username: email, Password: PASSWORD })), {
      name: "UsernameExistsException",
      message: "An account with the given email already exists.",
    });
    await assert.rejects(
      sdk.send(new SignUpCommand({ ClientId, Username: newAddress(), Password: "short" })),
      {
        name: "InvalidPasswordException",
        message: "Password did not conform with policy: Password not long enough",
      },
    );
    await assert.rejects(
      sdk.send(
        new SignUpCommand({
          ClientId,
          Username: newAddress(),
          Password: PASSWORD,
          UserAttributes: [{ Name: "custom:unknown", Value: "x" }],
        }),
      ),
      { name: "InvalidParameterException" },
    );
  });

  it("proves the secret of a client that has one", async () => {
    const email = newAddress();
    const signUp = { ClientId: "serverclient", Username: email, Password: PASSWORD };
    await assert.rejects(sdk.send(new SignUpCommand(signUp)), {
      name: "NotAuthorizedException",
      message: "Client serverclient is configured with secret but SECRET_HASH was not received",
    });
    await assert.rejects(sdk.send(new SignUpCommand({ ...signUp, SecretHash: "wrong" })), {
      name: "NotAuthorizedException",
      message: "Unable to verify secret hash for client serverclient",
    });
    const SecretHash = secretHash(email, "serverclient", "secret-of-server");
    await sdk.send(new SignUpCommand({ ...signUp, SecretHash }));
  });

  it("sets another password with the code of a mail", async () => {
    const email = await addPerson(pool);
    await sdk.send(new ForgotPasswordCommand({ ClientId, Username: email }));
    const Password = "Another-Horse-8";
    const confirm = { ClientId, Username: email, Password };
    await assert.rejects(sdk.send(new ConfirmForgotPasswordCommand({ ...confirm, ConfirmationCode: "0" })), {
      name: "CodeMismatchException",
    });
    const ConfirmationCode = await codeFor(pool, email);
    await sdk.send(new ConfirmForgotPasswordCommand({ ...confirm, ConfirmationCode }));
    await signIn(sdk, email, Password);
    await assert.rejects(signIn(sdk, email), { name: "NotAuthorizedException" });
  });

  it("learns of an unknown user only where the client tells", async () => {
    const Username = "nobody@example.com";
    await assert.rejects(sdk.send(new ForgotPasswordCommand({ ClientId, Username })), {
      name: "UserNotFoundException",
    });
    const { CodeDeliveryDetails } = await sdk.send(
      new ForgotPasswordCommand({ ClientId: "discreetclient", Username }),
    );
    assert.deepEqual(CodeDeliveryDetails, {
      AttributeName: "email",
      DeliveryMedium: "EMAIL",
      Destination: "n***@e***",
    });
  });

  it("changes the password of a user who is signed in", async () => {
    const email = await addPerson(pool);
    const { accessToken: AccessToken } = await signIn(sdk, email);
    const change = { AccessToken, ProposedPassword: "Another-Horse-8" };
    await assert.rejects(
      sdk.send(new ChangePasswordCommand({ ...change, PreviousPassword: "Wrong-Horse-9" })),
      { name: "NotAuthorizedException", message: "Incorrect username or password." },
    );
    await sdk.send(new ChangePasswordCommand({ ...change, PreviousPassword: PASSWORD }));
    await signIn(sdk, email, "Another-Horse-8");
  });

  it("writes and deletes attributes of the signed-in user", async () => {
    const { accessToken: AccessToken } = await signIn(sdk, await addPerson(pool));
    await sdk.send(
      new UpdateUserAttributesCommand({ AccessToken, UserAttributes: [{ Name: "name", Value: "Ada" }] }),
    );
    assert.equal((await attributes(AccessToken))["name"], "Ada");
    await sdk.send(new DeleteUserAttributesCommand({ AccessToken, UserAttributeNames: ["name"] }));
    assert.equal((await attributes(AccessToken))["name"], undefined);
  });

  it("keeps the verified address until the code of the new one comes back", async () => {
    const email = await addPerson(pool);
    const { accessToken: AccessToken } = await signIn(sdk, email);
    const next = newAddress();
    const { CodeDeliveryDetailsList } = await sdk.send(
      new UpdateUserAttributesCommand({ AccessToken, UserAttributes: [{ Name: "email", Value: next }] }),
    );
    assert.equal(CodeDeliveryDetailsList?.[0]?.AttributeName, "email");
    assert.equal((await attributes(AccessToken))["email"], email);
    await sdk.send(new GetUserAttributeVerificationCodeCommand({ AccessToken, AttributeName: "email" }));
    const Code = await codeFor(pool, next);
    await sdk.send(new VerifyUserAttributeCommand({ AccessToken, AttributeName: "email", Code }));
    assert.equal((await attributes(AccessToken))["email"], next);
    await signIn(sdk, next);
  });

  it("deletes the signed-in user", async () => {
    const email = await addPerson(pool);
    const { accessToken: AccessToken } = await signIn(sdk, email);
    await sdk.send(new DeleteUserCommand({ AccessToken }));
    await assert.rejects(signIn(sdk, email), { name: "UserNotFoundException" });
  });
});
