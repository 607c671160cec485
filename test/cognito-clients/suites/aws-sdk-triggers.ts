import assert from "node:assert/strict";
import {
  type CognitoIdentityProviderClient,
  ConfirmSignUpCommand,
  GetUserCommand,
  SignUpCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import type { UserPool } from "../../../src/tools/cognito-server/user-pool.ts";
import { after, before, describe, it } from "../support/scenario.ts";
import { sdkFor, signIn } from "../support/sdk.ts";
import { claimsOf } from "../support/tokens.ts";
import { codeFor, mailsTo, newAddress, PASSWORD, startPool, webClient } from "../support/user-pool.ts";

const ClientId = "localwebclient";

interface Event {
  readonly triggerSource: string;
  readonly userName: string;
  readonly request: {
    readonly userAttributes: Readonly<Record<string, string>>;
    readonly clientMetadata?: Readonly<Record<string, string>>;
    readonly password?: string;
    readonly codeParameter?: string;
  };
  readonly response: object;
}

/** The sources of the events that the functions got, in order. */
let sources: string[] = [];

/** A function that notes its event and answers with a response. */
const answering = (respond: (event: Event) => object) => (event: Event) => {
  sources.push(event.triggerSource);
  return { ...event, response: respond(event) };
};

let pool: UserPool;
let sdk: CognitoIdentityProviderClient;

before(async () => {
  pool = await startPool(
    { preTokenVersion: "V2_0", clients: [webClient()] },
    {
      PreSignUp: answering(({ request }) => {
        if (request.userAttributes["email"]?.startsWith("evil") === true) throw new Error("not you");
        return { autoConfirmUser: request.clientMetadata?.["confirm"] === "yes" };
      }),
      PostConfirmation: answering(() => ({})),
      PreAuthentication: answering(() => ({})),
      PostAuthentication: answering(() => ({})),
      PreTokenGeneration: answering(() => ({
        claimsAndScopeOverrideDetails: {
          accessTokenGeneration: { claimsToAddOrOverride: { tenant: "acme" } },
          idTokenGeneration: { claimsToSuppress: ["email"] },
        },
      })),
      CustomMessage: answering(({ request }) => ({
        emailSubject: "Welcome",
        emailMessage: `Your code: ${request.codeParameter}`,
        smsMessage: null,
      })),
      UserMigration: answering(({ userName, request }) => {
        if (request.password !== "Former-Horse-3") throw new Error("unknown");
        return {
          userAttributes: { email: userName, email_verified: "true" },
          finalUserStatus: "CONFIRMED",
          messageAction: "SUPPRESS",
        };
      }),
    },
  );
  sdk = sdkFor(pool);
});
after(() => pool.stop());

async function sourcesOf(run: () => Promise<unknown>): Promise<readonly string[]> {
  sources = [];
  await run();
  return sources;
}

const signUp = (email: string, ClientMetadata?: Record<string, string>) =>
  sdk.send(
    new SignUpCommand({
      ClientId,
      Username: email,
      Password: PASSWORD,
      UserAttributes: [{ Name: "email", Value: email }],
      ClientMetadata,
    }),
  );

describe("the AWS SDK, of a pool with triggers", () => {
  it("is refused a sign-up in the words of the function", async () => {
    await assert.rejects(signUp("evil@example.com"), {
      name: "UserLambdaValidationException",
      message: "PreSignUp failed with error not you.",
    });
  });

  it("signs up without a code where the function confirms", async () => {
    const email = newAddress();
    let confirmed: boolean | undefined;
    const called = await sourcesOf(async () => {
      confirmed = (await signUp(email, { confirm: "yes" })).UserConfirmed;
    });
    assert.equal(confirmed, true);
    assert.deepEqual(called, ["PreSignUp_SignUp", "PostConfirmation_ConfirmSignUp"]);
  });

  it("confirms and signs in, with the functions in their order", async () => {
    const email = newAddress();
    const called = await sourcesOf(async () => {
      await signUp(email);
      const ConfirmationCode = await codeFor(pool, email);
      await sdk.send(new ConfirmSignUpCommand({ ClientId, Username: email, ConfirmationCode }));
      await signIn(sdk, email);
    });
    assert.deepEqual(called, [
      "PreSignUp_SignUp",
      "CustomMessage_SignUp",
      "PostConfirmation_ConfirmSignUp",
      "PreAuthentication_Authentication",
      "PostAuthentication_Authentication",
      "TokenGeneration_Authentication",
    ]);
  });

  it("gets mails in the words of the function", async () => {
    const email = newAddress();
    await signUp(email);
    const [mail] = await mailsTo(pool, email);
    assert.equal(mail?.subject, "Welcome");
    assert.equal(mail?.text, `Your code: ${mail?.code}`);
  });

  it("gets the claims of the function in its tokens", async () => {
    const email = newAddress();
    await signUp(email, { confirm: "yes" });
    const { accessToken, idToken } = await signIn(sdk, email);
    assert.equal(claimsOf(accessToken)["tenant"], "acme");
    assert.equal(claimsOf(idToken)["email"], undefined);
  });

  it("signs in a user whom the function brings from elsewhere", async () => {
    const email = newAddress();
    await assert.rejects(signIn(sdk, email, "Wrong-Horse-9"), { name: "UserNotFoundException" });
    const { accessToken: AccessToken } = await signIn(sdk, email, "Former-Horse-3");
    const { UserAttributes } = await sdk.send(new GetUserCommand({ AccessToken }));
    assert.equal(UserAttributes?.find(({ Name }) => Name === "email")?.Value, email);
  });
});
