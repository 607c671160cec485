import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { decomposeUnverifiedJwt } from "aws-jwt-verify/jwt";
import { objectOf } from "../../src/json.ts";
import { runClaimgate } from "../support/claimgate-command.ts";
import { type CognitoCommand, startCognitoCommand } from "../support/cognito-command.ts";

const directory = mkdtempSync(join(tmpdir(), "claimgate-cognito-"));
let running: CognitoCommand | undefined;

afterEach(async () => {
  await running?.stop();
  running = undefined;
});
afterAll(() => rmSync(directory, { recursive: true, force: true }));

const file = (name: string, value: unknown) => {
  writeFileSync(join(directory, name), typeof value === "string" ? value : JSON.stringify(value));
  return name;
};

async function start(...args: readonly string[]): Promise<CognitoCommand> {
  running = await startCognitoCommand(args, directory);
  return running;
}

async function call({ report }: CognitoCommand, operation: string, body: object): Promise<unknown> {
  const response = await fetch(report.endpoint, {
    method: "POST",
    headers: { "x-amz-target": `AWSCognitoIdentityProviderService.${operation}` },
    body: JSON.stringify(body),
  });
  return response.json();
}

const ANN = { email: "ann@example.com", password: "Correct-Horse-7", groups: ["admin"] };

const signIn = (pool: CognitoCommand) =>
  call(pool, "InitiateAuth", {
    ClientId: "localwebclient",
    AuthFlow: "USER_PASSWORD_AUTH",
    AuthParameters: { USERNAME: ANN.email, PASSWORD: ANN.password },
  });

const accessTokenOf = (answer: unknown) =>
  String(objectOf(objectOf(answer)["AuthenticationResult"])["AccessToken"]);

const POOL = {
  UsernameAttributes: ["email"],
  Groups: { admin: { Precedence: 1 } },
  Clients: { web: { ExplicitAuthFlows: ["ALLOW_USER_PASSWORD_AUTH"] } },
};

test("the pool of a file signs seeded users in, with the issuer of AWS or its own", async () => {
  const config = file("pool.json", POOL);
  const seed = file("users.json", { users: [ANN] });
  const pool = await start("--config", config, "--seed", seed, "--issuer", "local");

  expect(pool.report).toMatchObject({ users: 1, issuer: `${pool.report.endpoint}/us-east-1_LocalPool` });
  const { payload } = decomposeUnverifiedJwt(accessTokenOf(await signIn(pool)));
  expect(payload).toMatchObject({ iss: pool.report.issuer, "cognito:groups": ["admin"] });
  const discovered = await fetch(`${pool.report.issuer}/.well-known/openid-configuration`);
  expect(await discovered.json()).toMatchObject({ issuer: pool.report.issuer });
});

test("Ctrl-C stops it, and what --data has survives; --reset forgets it", async () => {
  const config = file("pool.json", POOL);
  const seed = file("users.json", { users: [ANN] });
  const first = await start("--config", config, "--data", "kept", "--seed", seed);
  const token = accessTokenOf(await signIn(first));
  const second = await runClaimgate(["cognito", "--data", "kept", "--port", "0"], { cwd: directory });
  expect(second).toMatchObject({
    code: 1,
    stderr: expect.stringContaining("another user pool runs on `kept`") as string,
  });
  expect(await first.stop()).toBe(0);
  expect(readdirSync(join(directory, "kept"))).toEqual(["user-pool.jsonl"]);

  const third = await start("--config", config, "--data", "kept");
  expect(await call(third, "GetUser", { AccessToken: token })).toMatchObject({
    UserAttributes: expect.any(Array) as [],
  });
  await third.stop();
  expect((await start("--config", config, "--data", "kept", "--reset")).report.users).toBe(0);
});

test("keys are rotated on demand, and tokens of the old ones stay valid", async () => {
  const pool = await start(
    "--config",
    file("pool.json", POOL),
    "--seed",
    file("users.json", { users: [ANN] }),
  );
  const before = accessTokenOf(await signIn(pool));
  await fetch(`${pool.report.endpoint}/_rotate-keys`, { method: "POST" });
  const after = accessTokenOf(await signIn(pool));

  const kid = (token: string) => decomposeUnverifiedJwt(token).header["kid"];
  expect(kid(after)).not.toBe(kid(before));
  const { keys } = objectOf(await (await fetch(pool.report.jwksUrl)).json());
  const published = (keys as readonly { readonly kid: string }[]).map((key) => key.kid);
  expect(published).toEqual(expect.arrayContaining([kid(before), kid(after)]));
  expect(await call(pool, "GetUser", { AccessToken: before })).toHaveProperty("Username");
});

test("a trigger at an address decides, with the event of AWS", async () => {
  const events: unknown[] = [];
  const functions = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const event = objectOf(JSON.parse(Buffer.concat(chunks).toString()));
      events.push({ path: request.url, triggerSource: event["triggerSource"] });
      response.end(JSON.stringify({ ...event, response: { autoConfirmUser: true } }));
    });
  });
  const address = await listening(functions);
  try {
    const template = file("template.json", {
      Resources: {
        Pool: {
          Type: "AWS::Cognito::UserPool",
          Properties: { LambdaConfig: { PreSignUp: { "Fn::GetAtt": ["Pre", "Arn"] } } },
        },
        WebClient: { Type: "AWS::Cognito::UserPoolClient", Properties: {} },
        Pre: { Type: "AWS::Lambda::Function", Properties: {} },
      },
    });
    const pool = await start("--template", template, "--lambda-endpoint", address);
    const signUp = { ClientId: "localwebclient", Username: "ann", Password: ANN.password };
    expect(await call(pool, "SignUp", signUp)).toMatchObject({ UserConfirmed: true });
    expect(events).toEqual([
      { path: "/2015-03-31/functions/Pre/invocations", triggerSource: "PreSignUp_SignUp" },
    ]);
  } finally {
    functions.close();
  }
});

test("a port that is taken is named, with who has it where the system tells", async () => {
  const other = createServer();
  const { port } = new URL(await listening(other));
  try {
    const run = await runClaimgate(["cognito", "--port", port], { cwd: directory });
    expect(run).toMatchObject({ code: 1, stdout: "" });
    expect(run.stderr).toContain(`port ${port} is taken`);
    expect(run.stderr).toContain("[port_taken]");
    if (process.platform === "linux") expect(run.stderr).toContain(`(process ${process.pid})`);
  } finally {
    other.close();
  }
});

test.each([
  [["--config", "missing.yml"], "`missing.yml` cannot be read: it does not exist [user_pool_unreadable]"],
  [["--template", "broken"], "`broken` is not JSON [user_pool_unreadable]"],
  [["--template", "empty"], "not a CloudFormation template"],
  [
    ["--config", "typo"],
    "typo:1:1: unknown property `Clientss`; did you mean `Clients`? [user_pool_unreadable]",
  ],
  [["--config", "trigger"], "the trigger PreSignUp calls the function `mine` [command_usage]"],
  [["--reset"], "`--reset` without `--data` has nothing to forget [command_usage]"],
  [["--port", "70000"], "`--port` is `70000`; expected a port from 1 to 65535"],
  [["--seed", "weak"], "`weak`: user 1 (`a@example.com`) is refused: Password did not conform"],
  [["--config", "typo", "--template", "empty"], "cannot be used with"],
])("what cannot be served is refused: %j", async (args, said) => {
  file("broken", "{");
  file("empty", {});
  file("typo", "Clientss: {}\n");
  file("trigger", "Triggers: { PreSignUp: mine }\n");
  file("weak", { users: [{ email: "a@example.com", password: "x" }] });
  const run = await runClaimgate(["cognito", ...(args.includes("--port") ? [] : ["--port", "0"]), ...args], {
    cwd: directory,
  });
  expect(run).toMatchObject({ code: 1, stdout: "" });
  expect(run.stderr).toContain(said);
});

test("nothing secret of a user is in the file", async () => {
  const pool = await start(
    "--config",
    file("pool.json", POOL),
    "--data",
    "secret",
    "--seed",
    file("users.json", { users: [ANN] }),
  );
  const answer = objectOf(objectOf(await signIn(pool))["AuthenticationResult"]);
  const text = readFileSync(join(directory, "secret", "user-pool.jsonl"), "utf8");
  expect(text).not.toContain(ANN.password);
  expect(text).not.toContain(String(answer["RefreshToken"]));
});

function listening(server: Server): Promise<string> {
  return new Promise((resolve) => {
    server.listen(0, "127.0.0.1", () =>
      resolve(`http://127.0.0.1:${(server.address() as AddressInfo).port}`),
    );
  });
}
