import { inProcessFunctions } from "../../../../../src/tools/cognito-server/testing/in-process-functions.ts";
import {
  type Cognito,
  type CognitoOptions,
  startCognito,
} from "../../../../../src/tools/cognito-server/testing/start-cognito.ts";
import { claimsOf } from "../../../../support/pool-users.ts";

const running: Cognito[] = [];

async function start(options?: CognitoOptions): Promise<Cognito> {
  const cognito = await startCognito(options);
  running.push(cognito);
  return cognito;
}

afterEach(async () => {
  await Promise.all(running.splice(0).map((cognito) => cognito.stop()));
});

async function call({ endpoint }: Cognito, operation: string, body: object): Promise<unknown> {
  const headers = { "x-amz-target": `AWSCognitoIdentityProviderService.${operation}` };
  return (await fetch(endpoint, { method: "POST", headers, body: JSON.stringify(body) })).json();
}

const ANN = { email: "ann@example.com", password: "Correct-Horse-7" };

test("a pool starts on a free port with one line, and mails its codes to the test", async () => {
  const cognito = await start();

  await call(cognito, "SignUp", {
    ClientId: cognito.clients["web"]?.id,
    Username: ANN.email,
    Password: ANN.password,
  });
  expect(cognito.mails(ANN.email)).toMatchObject([
    { about: "SignUp", code: expect.stringMatching(/^\d{6}$/) as string },
  ]);
  expect(cognito).toMatchObject({
    userPoolId: "us-east-1_LocalPool",
    issuer: "https://cognito-idp.us-east-1.amazonaws.com/us-east-1_LocalPool",
    jwksUrl: `${cognito.endpoint}/us-east-1_LocalPool/.well-known/jwks.json`,
  });
});

test("two pools run side by side, and know nothing of each other", async () => {
  const [one, other] = await Promise.all([start(), start()]);
  one.addUser(ANN);
  await expect(one.tokens(ANN.email)).resolves.toHaveProperty("idToken");
  await expect(other.tokens(ANN.email)).rejects.toThrow("the pool has no user `ann@example.com`");
});

test("tokens have the groups of the user, and what the trigger adds", async () => {
  const cognito = await start({
    config: {
      Groups: { admin: {} },
      Clients: { web: {}, mobile: {} },
      Triggers: { PreTokenGenerationConfig: { LambdaVersion: "V2_0" } },
    },
    triggers: {
      PreTokenGeneration: (event: { readonly triggerSource: string }) => ({
        ...event,
        response: {
          claimsAndScopeOverrideDetails: {
            accessTokenGeneration: { claimsToAddOrOverride: { source: event.triggerSource } },
          },
        },
      }),
    },
  });
  const { sub } = cognito.addUser({ ...ANN, username: "ann", groups: ["admin"] });
  const { accessToken, idToken } = await cognito.tokens("ann", "mobile");

  expect(claimsOf(accessToken)).toMatchObject({
    sub,
    "cognito:groups": ["admin"],
    client_id: cognito.clients["mobile"]?.id,
    source: "TokenGeneration_Authentication",
  });
  expect(claimsOf(idToken)).toMatchObject({ email: ANN.email, email_verified: true });
  // Triggers see it, tokens do not have it.
  expect(claimsOf(idToken)).not.toHaveProperty("cognito:user_status");
});

test("a user whom AWS would refuse is refused in its words", async () => {
  const cognito = await start();
  expect(() => cognito.addUser({ ...ANN, password: "x" })).toThrow("Password not long enough");
  expect(() => cognito.addUser({ ...ANN, groups: ["none"] })).toThrow("Group none not found.");
  cognito.addUser(ANN);
  expect(() => cognito.addUser(ANN)).toThrow("An account with the given email already exists.");
});

test("another clock makes tokens expire without a wait", async () => {
  let now = 1_700_000_000_000;
  const cognito = await start({ now: () => now });
  cognito.addUser(ANN);
  const { accessToken } = await cognito.tokens(ANN.email);
  expect(claimsOf(accessToken)).toMatchObject({ iat: 1_700_000_000 });
  now += 2 * 3_600_000;
  expect(await call(cognito, "GetUser", { AccessToken: accessToken })).toMatchObject({
    message: "Access Token has expired",
  });
});

test("a template's trigger is a function of the test, and none is left out in silence", async () => {
  const template = {
    Resources: {
      Pool: {
        Type: "AWS::Cognito::UserPool",
        Properties: { LambdaConfig: { PreSignUp: { "Fn::GetAtt": ["Pre", "Arn"] } } },
      },
      WebClient: { Type: "AWS::Cognito::UserPoolClient", Properties: {} },
      Pre: { Type: "AWS::Lambda::Function", Properties: {} },
    },
  };
  await expect(startCognito({ template })).rejects.toThrow(
    "the trigger PreSignUp calls the function `Pre`; give it in `triggers`",
  );
  const refuse = () => {
    throw new Error("not you");
  };
  const cognito = await start({ template, triggers: { PreSignUp: refuse } });
  const signUp = { ClientId: cognito.clients["web"]?.id, Username: "ann", Password: ANN.password };
  expect(await call(cognito, "SignUp", signUp)).toEqual({
    __type: "UserLambdaValidationException",
    message: "PreSignUp failed with error not you.",
  });
});

test.each<[CognitoOptions, string]>([
  [{ config: { Clientss: {} } }, "config:2:3: unknown property `Clientss`; did you mean `Clients`?"],
  [{ config: "no/such.yml" }, "`no/such.yml` cannot be read"],
  [{ config: {}, template: {} }, "give `config` or `template`, not both"],
  [{ template: {} }, "not a CloudFormation template"],
  [{ triggers: { PreSignup: () => undefined } as object }, "`PreSignup` is not a trigger of a user pool"],
])("what cannot be started is refused: %j", async (options, said) => {
  await expect(startCognito(options)).rejects.toThrow(said);
});

test("handlers answer by returning, by a promise or by the callback", async () => {
  const answer = (event: object) => ({ ...event, response: { ok: true } });
  const invoke = inProcessFunctions({
    PreSignUp: answer,
    PostConfirmation: (event: object) => Promise.resolve(answer(event)),
    PreAuthentication: (event: object, _context: object, done: (error: null, result: object) => void) =>
      done(null, answer(event)),
    PostAuthentication: (_event: object, _context: object, done: (error: Error) => void) =>
      done(new Error("no")),
  });
  for (const trigger of ["PreSignUp", "PostConfirmation", "PreAuthentication"] as const) {
    expect(await invoke(trigger, { a: 1 })).toEqual({
      kind: "answered",
      payload: { a: 1, response: { ok: true } },
    });
  }
  expect(await invoke("PostAuthentication", {})).toEqual({ kind: "threw", errorMessage: "no" });
  expect(await invoke("CustomMessage", {})).toMatchObject({ kind: "failed" });
});

test("a handler that does not answer is given up as by Cognito, and changes of its event stay its own", async () => {
  const never = inProcessFunctions({ PreSignUp: () => new Promise(() => undefined) }, 1);
  expect(await never("PreSignUp", {})).toEqual({
    kind: "failed",
    text: "Socket timeout while invoking Lambda function.",
  });
  const event = { request: { a: 1 } };
  await inProcessFunctions({
    PreSignUp: (given: { request: { a: number } }) => {
      given.request.a = 2;
    },
  })("PreSignUp", event);
  expect(event).toEqual({ request: { a: 1 } });
});
