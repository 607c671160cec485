import { createHash } from "node:crypto";
import { appendFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { type IncomingHttpHeaders, request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  AdminAddUserToGroupCommand,
  AdminCreateUserCommand,
  AdminGetUserCommand,
  AdminListGroupsForUserCommand,
  AdminRemoveUserFromGroupCommand,
  AdminUpdateUserAttributesCommand,
  AssociateSoftwareTokenCommand,
  ChangePasswordCommand,
  CognitoIdentityProviderClient,
  ConfirmSignUpCommand,
  DeleteUserCommand,
  GetGroupCommand,
  GetTokensFromRefreshTokenCommand,
  GetUserCommand,
  InitiateAuthCommand,
  type InitiateAuthRequest,
  RespondToAuthChallengeCommand,
  type RespondToAuthChallengeRequest,
  type RespondToAuthChallengeResponse,
  SignUpCommand,
  UpdateUserAttributesCommand,
  VerifySoftwareTokenCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { CognitoJwtVerifier } from "aws-jwt-verify";
import WebSocket from "ws";
import { type CallApi, signInBySrp } from "../../src/tools/cognito/auth/srp-client.ts";
import { LOCAL } from "../../src/tools/local/identifiers.ts";
import { localMinter } from "../../src/tools/local/personas/local-minter.ts";
import { BrowserVisit } from "../support/browser-visit.ts";
import { runClaimgate } from "../support/claimgate-command.ts";
import {
  commandLineWith,
  freePort,
  isPortFree,
  LocalStackProcess,
  processesWith,
  until,
} from "../support/local-stack-process.ts";
import { addEvent, addRestEvent, copyRepository } from "../support/repository-copy.ts";

const PASSWORD = "Wonderland-2026";
const ClientId = LOCAL.appClients.web;
const UserPoolId = LOCAL.userPoolId;

const directory = mkdtempSync(join(tmpdir(), "claimgate-"));
const data = join(directory, "data");
const copy = join(directory, "copy");
const policies = join(copy, "policies");
copyRepository(copy);
const ownPackage = join(copy, ".serverless", "orders.zip");
mkdirSync(join(copy, ".serverless"));
writeFileSync(ownPackage, "packaged before");
// The sample has no greedy route.
addEvent(copy, '- httpApi: { method: ANY, path: "/files/{proxy+}", authorizer: *http }');
addRestEvent(copy, '{ method: any, path: "files/{proxy+}", authorizer: *rest }');
appendFileSync(join(policies, "routes.csv"), "g2, ANY /files/{proxy+}, files:use\n");
appendFileSync(join(policies, "roles.csv"), "p, role:support, files:use, allow\n");

let api: number;
let cognitoPort: number;
let websocketPort: number;
let stack: LocalStackProcess;
let cognito: CognitoIdentityProviderClient;

const start = () => {
  const ports = ["--port", String(api), "--cognito-port", String(cognitoPort)];
  const args = ["--no-story", "--data", data, ...ports, "--websocket-port", String(websocketPort)];
  return new LocalStackProcess(args, { CLAIMGATE_POLICIES: policies }, copy);
};

beforeAll(async () => {
  [api, cognitoPort, websocketPort] = [await freePort(), await freePort(), await freePort()];
  cognito = new CognitoIdentityProviderClient({
    region: LOCAL.region,
    endpoint: `http://127.0.0.1:${cognitoPort}`,
    credentials: { accessKeyId: "local", secretAccessKey: "local" },
  });
  stack = start();
  await stack.ready();
}, 70_000);

afterAll(async () => {
  await stack.end();
  cognito.destroy();
  rmSync(directory, { recursive: true, force: true });
}, 40_000);

interface Tokens {
  readonly access: string;
  readonly id: string;
  readonly refresh: string;
}

/** The answer to a password, proven by SRP: the only flow that the template gives the client of people. */
async function withPassword(username: string, password: string): Promise<RespondToAuthChallengeResponse> {
  const call: CallApi = async (operation, request) => {
    const answer =
      operation === "InitiateAuth"
        ? await cognito.send(new InitiateAuthCommand(request as unknown as InitiateAuthRequest))
        : await cognito.send(
            new RespondToAuthChallengeCommand(request as unknown as RespondToAuthChallengeRequest),
          );
    return { ...answer };
  };
  return signInBySrp(call, { userPoolId: UserPoolId, clientId: ClientId, username, password });
}

async function signIn(email: string, password = PASSWORD): Promise<Tokens> {
  const { AuthenticationResult: result } = await withPassword(email, password);
  return {
    access: result?.AccessToken ?? "",
    id: result?.IdToken ?? "",
    refresh: result?.RefreshToken ?? "",
  };
}

/** The first refresh token of a sign-in -> the one that it was last exchanged for. */
const exchanged = new Map<string, string>();

async function refreshed(refresh: string): Promise<string> {
  const { AuthenticationResult: result } = await cognito.send(
    new GetTokensFromRefreshTokenCommand({ ClientId, RefreshToken: exchanged.get(refresh) ?? refresh }),
  );
  exchanged.set(refresh, result?.RefreshToken ?? "");
  return result?.AccessToken ?? "";
}

async function signUp(email: string): Promise<string> {
  const { UserSub } = await cognito.send(
    new SignUpCommand({ ClientId, Username: email, Password: PASSWORD }),
  );
  const mailbox = await fetch(`http://127.0.0.1:${cognitoPort}/_mailbox?to=${encodeURIComponent(email)}`);
  const { mails } = (await mailbox.json()) as { mails: { code: string }[] };
  await cognito.send(
    new ConfirmSignUpCommand({ ClientId, Username: email, ConfirmationCode: mails[0]?.code ?? "" }),
  );
  return UserSub ?? "";
}

async function groupsOf(email: string): Promise<string[]> {
  const { Groups } = await cognito.send(new AdminListGroupsForUserCommand({ UserPoolId, Username: email }));
  return (Groups ?? []).map(({ GroupName }) => GroupName ?? "");
}

async function call(route: string, token?: string, body?: unknown) {
  const [method = "GET", path = "/"] = route.split(" ");
  const response = await fetch(`http://127.0.0.1:${api}${path}`, {
    method,
    headers: token === undefined ? {} : { authorization: `Bearer ${token}` },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return {
    status: response.status,
    headers: response.headers,
    body: (text === "" ? {} : JSON.parse(text)) as Record<string, unknown>,
  };
}

async function machine(form: Record<string, string>, secret = "local-secret-of-reporting") {
  const basic = Buffer.from(`${LOCAL.appClients.reporting}:${secret}`).toString("base64");
  const response = await fetch(`http://127.0.0.1:${cognitoPort}/oauth2/token`, {
    method: "POST",
    headers: { authorization: `Basic ${basic}` },
    body: new URLSearchParams({ grant_type: "client_credentials", ...form }),
  });
  return { status: response.status, body: (await response.json()) as Record<string, string> };
}

const claimsOf = (token: string) =>
  JSON.parse(Buffer.from(token.split(".")[1] ?? "", "base64url").toString("utf8")) as Record<string, unknown>;

let alice: Tokens;
let aliceSub: string;
let aliceOrder: string;

describe("an edit that is refused before the first call", () => {
  test("leaves the policy in force that the stack started with", async () => {
    const file = join(policies, "roles.csv");
    const original = readFileSync(file, "utf8");
    writeFileSync(file, original.replace("orders:create, allow", "orders:create, Allow"));
    await until("refused", () => stack.output.includes("policy refused: the last good one stays in force"));
    const token = localMinter(data)("alice", "token");
    expect((await call("GET /orders/nothing", token)).status).toBe(404);
    expect((await call("GET /dev/orders/nothing", token)).status).toBe(404);

    writeFileSync(file, original);
    await until("accepted", () => stack.output.includes("policy changed: version"));
  });
});

describe("signing up", () => {
  test("an address that a p2 row denies is refused with one friendly sentence", async () => {
    const refused = cognito.send(
      new SignUpCommand({ ClientId, Username: "mallory@example.com", Password: PASSWORD }),
    );

    await expect(refused).rejects.toMatchObject({ name: "UserLambdaValidationException" });
    await expect(refused).rejects.toThrow(/^PreSignUp failed with error [A-Z].*\.$/);
  });

  test("a password against the policy of the template is refused", async () => {
    const refused = cognito.send(
      new SignUpCommand({ ClientId, Username: "weak@example.com", Password: "short" }),
    );

    await expect(refused).rejects.toMatchObject({ name: "InvalidPasswordException" });
  });

  test("an attribute that no client may write is refused at sign-up", async () => {
    const refused = cognito.send(
      new SignUpCommand({
        ClientId,
        Username: "eve@example.com",
        Password: PASSWORD,
        UserAttributes: [{ Name: "custom:tenant_id", Value: "acme" }],
      }),
    );

    await expect(refused).rejects.toMatchObject({ name: "NotAuthorizedException" });
  });

  test("a confirmed user is in the group of the g3 row, with the marker set", async () => {
    aliceSub = await signUp("alice@example.com");

    expect(await groupsOf("alice@example.com")).toEqual(["customers"]);
    const { UserAttributes } = await cognito.send(
      new AdminGetUserCommand({ UserPoolId, Username: "alice@example.com" }),
    );
    const names = (UserAttributes ?? []).map(({ Name }) => Name);
    expect(names).toContain("custom:claimgate_assigned");
  });

  test("a second sign-up with the address in capitals is the same user", async () => {
    const again = cognito.send(
      new SignUpCommand({ ClientId, Username: "Alice@Example.com", Password: PASSWORD }),
    );

    await expect(again).rejects.toMatchObject({ name: "UsernameExistsException" });
  });
});

describe("tokens", () => {
  test("a wrong password is not authorized", async () => {
    await expect(signIn("alice@example.com", "Wonderland-2027")).rejects.toMatchObject({
      name: "NotAuthorizedException",
      message: "Incorrect username or password.",
    });
  });

  test("both tokens carry groups and roles, and the real verifier takes them by the served keys", async () => {
    alice = await signIn("alice@example.com");
    const jwks = await fetch(`http://127.0.0.1:${cognitoPort}/${UserPoolId}/.well-known/jwks.json`);
    const keys = (await jwks.json()) as { keys: { kid: string; kty: string; n: string; e: string }[] };
    const verifier = CognitoJwtVerifier.create({
      userPoolId: UserPoolId,
      clientId: ClientId,
      tokenUse: null,
    });
    verifier.cacheJwks({
      keys: keys.keys.map((key) => ({ ...key, use: "sig" as const, alg: "RS256" as const })),
    });

    const access = await verifier.verify(alice.access);
    const id = await verifier.verify(alice.id);

    expect(access).toMatchObject({ sub: aliceSub, token_use: "access", roles: ["customer"] });
    expect(access["cognito:groups"]).toEqual(["customers"]);
    expect(id).toMatchObject({
      sub: aliceSub,
      token_use: "id",
      email: "alice@example.com",
      email_verified: true,
      roles: ["customer"],
    });
    expect(new Set(keys.keys.map(({ kid }) => kid)).size).toBe(2);
  });

  test("an authorization code with PKCE becomes tokens with the scopes of the client, which refresh", async () => {
    const oauth2 = (path: string, form: Record<string, string>) =>
      fetch(`http://127.0.0.1:${cognitoPort}/oauth2/${path}`, {
        method: "POST",
        body: new URLSearchParams(form),
      });
    const browser = new BrowserVisit(`http://127.0.0.1:${cognitoPort}`);
    const verifier = "v".repeat(43);
    const redirect_uri = "http://localhost:5173/callback";
    const asked = await browser.get(
      `/oauth2/authorize?${new URLSearchParams({
        client_id: ClientId,
        redirect_uri,
        response_type: "code",
        code_challenge: createHash("sha256").update(verifier).digest("base64url"),
        code_challenge_method: "S256",
      })}`,
    );
    const signedIn = await browser.submit(asked.headers.get("location") ?? "", {
      username: "alice@example.com",
      password: PASSWORD,
    });
    const code = new URL(signedIn.headers.get("location") ?? "").searchParams.get("code") ?? "";

    const answer = await oauth2("token", {
      grant_type: "authorization_code",
      client_id: ClientId,
      redirect_uri,
      code,
      code_verifier: verifier,
    });
    const tokens = (await answer.json()) as Record<string, string>;
    const again = await oauth2("token", {
      grant_type: "refresh_token",
      client_id: ClientId,
      refresh_token: tokens["refresh_token"] ?? "",
    });

    expect(claimsOf(tokens["access_token"] ?? "")).toMatchObject({
      scope: "openid email profile",
      roles: ["customer"],
    });
    const renewed = (await again.json()) as Record<string, string>;
    expect(renewed["refresh_token"]).toMatch(/./);
    expect(renewed["refresh_token"]).not.toBe(tokens["refresh_token"]);
    expect(claimsOf(renewed["access_token"] ?? "")).toMatchObject({
      scope: "openid email profile",
      origin_jti: claimsOf(tokens["access_token"] ?? "")["origin_jti"],
    });
  });

  test("a refresh by the flow that goes without rotation is refused, as on AWS", async () => {
    const request = cognito.send(
      new InitiateAuthCommand({
        ClientId,
        AuthFlow: "REFRESH_TOKEN_AUTH",
        AuthParameters: { REFRESH_TOKEN: alice.refresh },
      }),
    );

    await expect(request).rejects.toMatchObject({ name: "InvalidParameterException" });
  });

  test("a wrong old password is not authorized, and a wrong code of an app does not enable it", async () => {
    const change = { AccessToken: alice.access, ProposedPassword: `${PASSWORD}-2` };
    await expect(
      cognito.send(new ChangePasswordCommand({ ...change, PreviousPassword: "Wonderland-2027" })),
    ).rejects.toMatchObject({ name: "NotAuthorizedException" });
    await cognito.send(new AssociateSoftwareTokenCommand({ AccessToken: alice.access }));
    await expect(
      cognito.send(new VerifySoftwareTokenCommand({ AccessToken: alice.access, UserCode: "000000" })),
    ).rejects.toMatchObject({ name: "EnableSoftwareTokenMFAException" });
  });

  test("a forged access token gets nothing from the pool", async () => {
    const [header = "", , signature = ""] = alice.access.split(".");
    const forged = Buffer.from(JSON.stringify({ ...claimsOf(alice.access), sub: "x" })).toString("base64url");
    const request = cognito.send(new GetUserCommand({ AccessToken: `${header}.${forged}.${signature}` }));

    await expect(request).rejects.toMatchObject({ name: "NotAuthorizedException" });
  });

  test("a new address of a user has no effect before it is proven", async () => {
    await cognito.send(
      new UpdateUserAttributesCommand({
        AccessToken: alice.access,
        UserAttributes: [{ Name: "email", Value: "alice@support.example.com" }],
      }),
    );

    const { UserAttributes } = await cognito.send(new GetUserCommand({ AccessToken: alice.access }));

    expect(UserAttributes).toContainEqual({ Name: "email", Value: "alice@example.com" });
    expect(UserAttributes).toContainEqual({ Name: "email_verified", Value: "true" });
  });

  test("a user cannot give herself a tenant, nor remove the marker", async () => {
    for (const Name of ["custom:tenant_id", "custom:claimgate_assigned", "email_verified"]) {
      const request = cognito.send(
        new UpdateUserAttributesCommand({
          AccessToken: alice.access,
          UserAttributes: [{ Name, Value: "acme" }],
        }),
      );

      await expect(request).rejects.toMatchObject({ name: "NotAuthorizedException" });
    }
  });
});

describe("calls of the HTTP API", () => {
  test("the public route needs no token", async () => {
    expect(await call("GET /health")).toMatchObject({ status: 200, body: { status: "ok" } });
  });

  test("what a role grants is allowed", async () => {
    const placed = await call("POST /orders", alice.access, { item: "Looking glass", quantity: 1 });

    expect(placed).toMatchObject({ status: 201, body: { ownerSub: aliceSub, status: "placed" } });
    expect(placed.headers.get("cache-control")).toBe("no-store");
    aliceOrder = String(placed.body["id"]);
    expect((await call(`GET /orders/${aliceOrder}`, alice.access)).status).toBe(200);
  });

  test("what no row grants is denied", async () => {
    expect((await call("GET /orders", alice.access)).status).toBe(403);
    expect((await call(`DELETE /orders/${aliceOrder}`, alice.access)).status).toBe(403);
  });

  test("no token, garbage and an identity token are refused", async () => {
    expect((await call("GET /orders")).status).toBe(401);
    expect([401, 403]).toContain((await call("POST /orders", "garbage", {})).status);
    expect([401, 403]).toContain((await call("POST /orders", alice.id, { item: "x", quantity: 1 })).status);
  });

  test("a body that is not an order is refused with its reason", async () => {
    const answer = await call("POST /orders", alice.access, { item: "x", quantity: 1, ownerSub: "bob" });

    expect(answer.status).toBe(400);
    expect(answer.body["message"]).toContain("ownerSub");
  });
});

describe("calls of the REST API", () => {
  test("the same function and policy behind the other gateway", async () => {
    expect((await call(`GET /dev/orders/${aliceOrder}`, alice.access)).status).toBe(200);
    expect((await call("GET /dev/orders/order-1", alice.access)).status).toBe(404);
    expect((await call(`GET /dev/orders/${aliceOrder}`)).status).toBe(401);
    expect([401, 403]).toContain((await call(`GET /dev/orders/${aliceOrder}`, alice.id)).status);
  });
});

describe("both APIs answer as API Gateway does", () => {
  const origin = { origin: "http://localhost:5173", "access-control-request-method": "GET" };
  const raw = async (route: string, headers: Record<string, string> = {}) => {
    const [method = "GET", path = "/"] = route.split(" ");
    return fetch(`http://127.0.0.1:${api}${path}`, { method, headers });
  };

  test("a path with a slash behind it is another route, and so is `HEAD` of a `GET` route", async () => {
    for (const route of ["GET /health/", "HEAD /health", "GET /dev/orders/1/", "HEAD /dev/orders/1"]) {
      expect([route, (await raw(route)).status]).toEqual([route, 404]);
    }
  });

  test("refusals have its bodies, and the REST API the gateway responses of the template", async () => {
    expect((await call("GET /orders")).body).toEqual({ message: "Unauthorized" });
    expect((await call("GET /orders", alice.access)).body).toEqual({ message: "Forbidden" });
    const rest = await call("GET /dev/orders/1");
    expect(rest.body).toEqual({ message: "Unauthorized" });
    expect(rest.headers.get("www-authenticate")).toBe('Bearer realm="claimgate"');
    expect((await call("GET /dev/orders/1", "x.y.z")).status).toBe(401);
  });

  test("a preflight of a route that takes `OPTIONS` goes to its authorizer", async () => {
    expect((await raw("OPTIONS /files/a", origin)).status).toBe(401);
    const answered = await raw("OPTIONS /orders", origin);
    expect(answered.status).toBe(204);
    expect(answered.headers.get("access-control-allow-origin")).toBe(origin.origin);
  });

  test("a decision and its backend have one request id, which the client gets", async () => {
    const answer = await call(`GET /orders/${aliceOrder}`, alice.access);
    const id = answer.headers.get("apigw-requestid") ?? "";
    expect(id).toMatch(/^[0-9a-f-]{36}$/);
    await until("logged", () => readFileSync(join(data, "functions.log"), "utf8").includes(id));
  });
});

describe("whose order it is", () => {
  let bob: Tokens;

  beforeAll(async () => {
    await signUp("bob@example.com");
    bob = await signIn("bob@example.com");
  });

  test("for a customer, the order of another user does not exist", async () => {
    expect((await call(`GET /orders/${aliceOrder}`, bob.access)).status).toBe(404);
  });

  test("a list is open to the user that the path names", async () => {
    expect(await call(`GET /users/${aliceSub}/orders`, alice.access)).toMatchObject({
      status: 200,
      body: { orders: [{ id: aliceOrder }] },
    });
    expect((await call(`GET /users/${aliceSub}/orders`, bob.access)).status).toBe(403);
  });

  test("a change of groups counts from the next refresh on", async () => {
    await cognito.send(
      new AdminAddUserToGroupCommand({ UserPoolId, Username: "bob@example.com", GroupName: "support" }),
    );
    expect((await call("GET /orders", bob.access)).status).toBe(403);

    const token = await refreshed(bob.refresh);

    expect(claimsOf(token)["auth_time"]).toBe(claimsOf(bob.access)["auth_time"]);
    expect((await call("GET /orders", token)).status).toBe(200);
    expect((await call(`GET /orders/${aliceOrder}`, token)).status).toBe(200);
    expect((await call(`POST /orders/${aliceOrder}/refund`, token)).status).toBe(200);
  });

  test("a greedy route of either API is open to whom its row grants it, at any depth", async () => {
    const support = await refreshed(bob.refresh);

    for (const path of ["/files/a", "/files/a/b/c", "/dev/files/a", "/dev/files/a/b/c"]) {
      expect([path, (await call(`GET ${path}`, support)).status]).toEqual([path, 200]);
      expect([path, (await call(`GET ${path}`, alice.access)).status]).toEqual([path, 403]);
    }
    await until("said", () =>
      /403 {2}alice +GET \/dev\/files\/a\/b\/c +no row grants files:use/.test(stack.output),
    );
    expect(stack.output).toMatch(
      /200 {2}bob +GET \/files\/a\/b\/c +policies\/roles\.csv:\d+ {2}p, role:support, files:use/,
    );
  });

  test("a group that an administrator took away stays away", async () => {
    for (const GroupName of ["support", "customers"]) {
      await cognito.send(
        new AdminRemoveUserFromGroupCommand({ UserPoolId, Username: "bob@example.com", GroupName }),
      );
    }

    const token = await refreshed(bob.refresh);

    expect(claimsOf(token)["cognito:groups"]).toBeUndefined();
    expect((await call("POST /orders", token, { item: "x", quantity: 1 })).status).toBe(403);
    expect(await groupsOf("bob@example.com")).toEqual([]);
  });
});

describe("tenants, suspension, machines", () => {
  test("a partner sees the own tenant and no other", async () => {
    await signUp("pat@partner.example");
    await cognito.send(
      new AdminUpdateUserAttributesCommand({
        UserPoolId,
        Username: "pat@partner.example",
        UserAttributes: [{ Name: "custom:tenant_id", Value: "acme" }],
      }),
    );
    const { access } = await signIn("pat@partner.example");

    expect(claimsOf(access)["tenant_id"]).toBe("acme");
    expect(await call("GET /tenants/acme/orders", access)).toMatchObject({
      status: 200,
      body: { orders: [{ id: "order-1" }, { id: "order-2" }] },
    });
    expect((await call("GET /tenants/globex/orders", access)).status).toBe(403);
  });

  test("a suspended user may do nothing, and again what she did once it is lifted", async () => {
    const suspended = { UserPoolId, Username: "alice@example.com", GroupName: "suspended" };
    await cognito.send(new AdminAddUserToGroupCommand(suspended));
    expect((await call(`GET /orders/${aliceOrder}`, await refreshed(alice.refresh))).status).toBe(403);

    await cognito.send(new AdminRemoveUserFromGroupCommand(suspended));
    expect((await call(`GET /orders/${aliceOrder}`, await refreshed(alice.refresh))).status).toBe(200);
  });

  test("a machine does what its client and its scopes are granted", async () => {
    const reader = await machine({ scope: "orders-api/reports.read" });
    const exporter = await machine({ scope: "orders-api/reports.export" });

    expect(claimsOf(reader.body["access_token"] ?? "")).toMatchObject({
      sub: LOCAL.appClients.reporting,
      scope: "orders-api/reports.read",
    });
    expect((await call("GET /reports/orders", reader.body["access_token"])).status).toBe(200);
    expect((await call("POST /reports/exports", reader.body["access_token"])).status).toBe(403);
    expect((await call("POST /reports/exports", exporter.body["access_token"])).status).toBe(202);
    expect((await call("GET /orders", exporter.body["access_token"])).status).toBe(403);
  });

  test("a machine may form-encode its secret, as the standard says", async () => {
    const encoded = "local-secret-of-reporting".replaceAll("-", "%2D");

    expect((await machine({}, encoded)).status).toBe(200);
    expect((await machine({}, `${encoded}%2`)).status).toBe(400);
  });

  test("a machine gets no token by a wrong secret, nor a scope that it is not allowed", async () => {
    expect(await machine({}, "wrong")).toEqual({ status: 400, body: { error: "invalid_client" } });
    expect(await machine({ scope: "openid" })).toEqual({ status: 400, body: { error: "invalid_scope" } });
  });
});

describe("a user whom `claimgate suspend` keeps out", () => {
  const suspending = (command: string, ...args: readonly string[]) =>
    runClaimgate([command, "trudy@example.com", "--local", `http://127.0.0.1:${cognitoPort}`, ...args]);
  let trudy: Tokens;

  test("cannot come back: not by signing in, refreshing, deleting the account or signing up again", async () => {
    await signUp("trudy@example.com");
    trudy = await signIn("trudy@example.com");
    expect(await suspending("suspend")).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/Done\./) as string,
    });

    await expect(signIn("trudy@example.com")).rejects.toMatchObject({ name: "NotAuthorizedException" });
    await expect(refreshed(trudy.refresh)).rejects.toMatchObject({ name: "NotAuthorizedException" });
    for (const command of [
      new DeleteUserCommand({ AccessToken: trudy.access }),
      new GetUserCommand({ AccessToken: trudy.access }),
      new UpdateUserAttributesCommand({
        AccessToken: trudy.access,
        UserAttributes: [{ Name: "email", Value: "trudy2@example.com" }],
      }),
    ]) {
      await expect(cognito.send(command as GetUserCommand)).rejects.toMatchObject({
        name: "NotAuthorizedException",
      });
    }
    for (const Username of ["trudy@example.com", "TRUDY@example.com"]) {
      const again = cognito.send(new SignUpCommand({ ClientId, Username, Password: PASSWORD }));
      await expect(again).rejects.toMatchObject({ name: "UsernameExistsException" });
    }
    expect(await groupsOf("trudy@example.com")).toEqual(["customers", "suspended"]);
  });

  test("is suspended as well by a second run, and is let in again, with what was granted before", async () => {
    expect(await suspending("suspend")).toMatchObject({ code: 0 });
    expect(await suspending("unsuspend")).toMatchObject({ code: 0 });
    const { access } = await signIn("trudy@example.com");
    expect(claimsOf(access)["cognito:groups"]).toEqual(["customers"]);
    // The sign-in that was ended stays ended.
    const old = cognito.send(new GetUserCommand({ AccessToken: trudy.access }));
    await expect(old).rejects.toMatchObject({ name: "NotAuthorizedException" });
    expect(await cognito.send(new GetUserCommand({ AccessToken: access }))).toBeDefined();
  });
});

describe("calls of the REST API behind an authorizer of type TOKEN", () => {
  test("are decided by the path of the same policy", async () => {
    const { body } = await machine({ scope: "orders-api/reports.read" });
    const status = async (token?: string) => (await call("GET /dev/reports/orders", token)).status;
    expect(await status(body["access_token"])).toBe(200);
    expect(await status(alice.access)).toBe(403);
    expect(await status()).toBe(401);
    expect([401, 403]).toContain(await status(alice.id));
  });
});

describe("the WebSocket API", () => {
  /** The status of a refused handshake, or what the connection answers to a message. */
  const connect = (protocols: string[], message?: string) =>
    new Promise<string | number>((resolve, reject) => {
      const socket = new WebSocket(`ws://127.0.0.1:${websocketPort}/dev`, protocols);
      socket.on("unexpected-response", (_request, response) => resolve(response.statusCode ?? 0));
      socket.on("error", reject);
      socket.on("open", () => {
        expect(socket.protocol).toBe("claimgate");
        if (message !== undefined) socket.send(message);
      });
      socket.on("message", (data: Buffer) => {
        resolve(data.toString());
        socket.close();
      });
    });

  test("lets in who may connect, and decides each message by itself", async () => {
    await signUp("sam@example.com");
    await cognito.send(
      new AdminAddUserToGroupCommand({ UserPoolId, Username: "sam@example.com", GroupName: "support" }),
    );
    const support = await signIn("sam@example.com");
    const answer = await connect(["claimgate", support.access], '{"action":"list"}');
    expect(JSON.parse(String(answer))).toHaveProperty("orders");
    expect(await connect(["claimgate", support.access], '{"action":"drop"}')).toContain("send");
  });

  test("refuses who may not, and who has no token", async () => {
    expect(await connect(["claimgate", alice.access])).toBe(403);
    expect(await connect(["claimgate", "x.y.z"])).toBe(401);
    expect(await connect([])).toBe(401);
  });
});

describe("pages and names that are not this stack's own", () => {
  const APP = "http://localhost:5173";

  /** `fetch` lets nobody choose a `Host` or an `Origin`. */
  const ask = (port: number, headers: Record<string, string>, path = "/", method = "GET", body = "") =>
    new Promise<{ status: number; headers: IncomingHttpHeaders }>((resolve, reject) => {
      const host = `127.0.0.1:${port}`;
      const sent = request({ port, path, method, headers: { host, ...headers } }, (response) =>
        resolve({ status: response.resume().statusCode ?? 0, headers: response.headers }),
      );
      sent.once("error", reject);
      sent.end(body);
    });
  const operation = (name: string, origin: string) => {
    const target = `AWSCognitoIdentityProviderService.${name}`;
    const headers = { origin, "x-amz-target": target, "content-type": "application/x-amz-json-1.1" };
    return ask(cognitoPort, headers, "/", "POST", "{}");
  };

  test("are refused at every port", async () => {
    // Whoever calls this one invokes any function, so it is the one that matters most.
    const [, lambdaPort] = /--lambdaPort (\d+)/.exec(commandLineWith(`--httpPort ${api}`)) ?? [];
    for (const port of [api, cognitoPort, websocketPort, Number(lambdaPort)]) {
      expect((await ask(port, { host: "evil.example" }, "/health")).status).toBe(421);
      expect((await ask(port, { origin: "http://evil.example" }, "/health")).status).toBe(403);
    }
    expect((await ask(cognitoPort, { origin: "http://evil.example" }, "/oauth2/token", "POST")).status).toBe(
      403,
    );
  });

  test("nor is a handshake of theirs answered", async () => {
    const handshake = (options: object) =>
      new Promise<number>((resolve, reject) => {
        const socket = new WebSocket(`ws://127.0.0.1:${websocketPort}/dev`, ["claimgate", "x.y.z"], options);
        socket.on("unexpected-response", (_request, response) => resolve(response.statusCode ?? 0));
        socket.on("error", reject);
      });
    expect(await handshake({ origin: "http://evil.example" })).toBe(403);
    expect(await handshake({ headers: { host: "evil.example" } })).toBe(421);
    expect(await handshake({ origin: APP })).toBe(401);
  });

  test("no page reads the mailbox or does what administrators do, not even one of the app", async () => {
    for (const origin of [APP, "http://evil.example"]) {
      for (const path of ["/_mailbox", "/_access-token"]) {
        const answer = await ask(cognitoPort, { origin }, path);
        expect(answer.status).toBe(403);
        expect(answer.headers).not.toHaveProperty("access-control-allow-origin");
      }
      expect((await operation("AdminCreateUser", origin)).status).toBe(403);
      expect((await operation("ListUsers", origin)).status).toBe(403);
    }
  });

  test("a page of the app calls the APIs and signs in", async () => {
    const allowed = { "access-control-allow-origin": APP };
    expect(await ask(api, { origin: APP }, "/health")).toMatchObject({ status: 200, headers: allowed });
    const preflight = { origin: APP, "access-control-request-headers": "content-type,x-amz-target" };
    expect(await ask(cognitoPort, preflight, "/", "OPTIONS")).toMatchObject({
      status: 204,
      headers: { ...allowed, "access-control-allow-headers": "content-type,x-amz-target" },
    });
    expect(await operation("InitiateAuth", APP)).toMatchObject({ status: 400, headers: allowed });
    expect(await ask(cognitoPort, { origin: APP }, "/oauth2/token", "POST")).toMatchObject({
      headers: allowed,
    });
    expect(
      (await ask(cognitoPort, {}, "/oauth2/authorize")).headers["access-control-allow-origin"],
    ).toBeUndefined();
  });
});

describe("users that an administrator creates", () => {
  test("pre-sign-up is asked about them as well", async () => {
    const refused = cognito.send(
      new AdminCreateUserCommand({ UserPoolId, Username: "mallory@example.com", MessageAction: "SUPPRESS" }),
    );

    await expect(refused).rejects.toMatchObject({ name: "UserLambdaValidationException" });
  });

  test("a temporary password leads to a challenge, whose session is theirs alone", async () => {
    const Username = "carol@example.com";
    await cognito.send(
      new AdminCreateUserCommand({
        UserPoolId,
        Username,
        TemporaryPassword: "Temporary-2026",
        MessageAction: "SUPPRESS",
      }),
    );
    const respond = async (USERNAME: string) => {
      const { ChallengeName, Session } = await withPassword(Username, "Temporary-2026");
      expect(ChallengeName).toBe("NEW_PASSWORD_REQUIRED");
      return cognito.send(
        new RespondToAuthChallengeCommand({
          ClientId,
          ChallengeName,
          Session,
          ChallengeResponses: { USERNAME, NEW_PASSWORD: PASSWORD },
        }),
      );
    };
    await expect(respond("alice@example.com")).rejects.toMatchObject({ name: "NotAuthorizedException" });

    const { AuthenticationResult } = await respond(Username);

    expect(AuthenticationResult).toMatchObject({ TokenType: "Bearer", ExpiresIn: 900 });
    expect(claimsOf(await refreshed(AuthenticationResult?.RefreshToken ?? ""))["token_use"]).toBe("access");
  });
});

describe("the terminal", () => {
  const line = (pattern: RegExp) => until(String(pattern), () => pattern.test(stack.output), 10_000);

  test("has a line for each call: status, who, route, and the row or what was missing", async () => {
    await call(`GET /orders/${aliceOrder}`, alice.access);
    await call("GET /orders", alice.access);
    await call("GET /orders");
    await call("GET /orders", "x.y.z");
    await call("GET /health");

    await line(
      /200 {2}alice +GET \/orders\/[0-9a-f]{4}\.\.\. +policies\/roles\.csv:12 {2}p, role:customer, orders:read/,
    );
    await line(/403 {2}alice +GET \/orders +no row grants orders:list/);
    await line(/401 {2}nobody +GET \/orders +no token/);
    await line(/40[13] {2}unproven +GET \/orders +token_malformed/);
    await line(/200 {2}nobody +GET \/health +open to everyone/);
    await line(/401 {2}unproven +GET \$connect +token_missing/);
    await line(/200 {2}reporting +client_credentials +a token/);
  });

  test("has one for each sign-up and sign-in, and no token", async () => {
    await line(/400 {2}mallory +SignUp +policies\/sign-up\.csv:11 {2}p2, mallory@example\.com, deny/);
    await line(/200 {2}alice +SignUp +policies\/sign-up\.csv:8 {2}p2, \*@example\.com, allow/);
    await line(/200 {2}alice +ConfirmSignUp +put in customers/);
    await line(/200 {2}alice +InitiateAuth +asks for PASSWORD_VERIFIER/);
    await line(/200 {2}alice +RespondToAuthChallenge +tokens, in customers/);
    expect(stack.output).not.toMatch(/eyJ/);
  });
});

describe("an edit of the policy", () => {
  const file = join(policies, "roles.csv");
  const original = readFileSync(file, "utf8");
  const status = async () => (await call("POST /orders", alice.access, { item: "x", quantity: 1 })).status;

  afterAll(() => writeFileSync(file, original));

  test("one line of roles.csv changes the answer, without a restart", async () => {
    expect(await status()).toBe(201);
    const before = stack.output.length;

    writeFileSync(file, original.replace("p, role:customer, orders:create, allow\n", ""));

    await until("denied", async () => (await status()) === 403);
    const said = () => stack.output.slice(before);
    await until("said", () => /policy changed: version [0-9a-f]{16} is in force/.test(said()));
  });

  test("an edit that does not load leaves the last good policy in force", async () => {
    writeFileSync(file, original.replace("orders:create, allow", "orders:create, Allow"));
    expect(await status()).toBe(403);
    await until("said", () =>
      stack.output.includes("roles.csv:11:34: the effect is `Allow`; expected exactly `allow` or `deny`"),
    );
    expect(stack.output).toContain("policy refused: the last good one stays in force");

    writeFileSync(file, original);

    await until("allowed", async () => (await status()) === 201);
  });

  test("nor does one that loads but is not what was meant: a role that is never assigned", async () => {
    writeFileSync(file, original.replace("role:customer, orders:create", "role:custmer, orders:create"));
    await until("said", () => stack.output.includes("did you mean `role:customer`?"));
    expect(await status()).toBe(201);

    writeFileSync(file, original);
  });
});

describe("an edit of a source", () => {
  const file = join(copy, "src/sample/orders.ts");
  const original = readFileSync(file, "utf8");

  afterAll(() => writeFileSync(file, original));

  test("that does not build is said with its place, and the last good build answers", async () => {
    writeFileSync(file, `const broken = ;\n${original}`);

    await until("said", () => stack.output.includes("src refused: the last good build stays in force"));
    await until("placed", () => stack.output.includes('  src/sample/orders.ts:1:15: Unexpected ";"'));
    expect((await call(`GET /orders/${aliceOrder}`, alice.access)).status).toBe(200);
  });
});

describe("a group that the policy names while the stack runs", () => {
  const files = ["groups.csv", "roles.csv", "sign-up.csv", "groups.yaml"].map((name) => {
    const path = join(policies, name);
    return { name, path, text: readFileSync(path, "utf8") };
  });
  const add = (name: string, more: string) => {
    const file = files.find((one) => one.name === name);
    if (file !== undefined) writeFileSync(file.path, file.text + more);
  };
  const group = async () =>
    (await cognito.send(new GetGroupCommand({ UserPoolId, GroupName: "auditors" }))).Group;

  afterAll(() => {
    for (const { path, text } of files) writeFileSync(path, text);
  });

  test("is there for the user who lands in it", async () => {
    add("groups.csv", "g, group:auditors, role:auditor\n");
    add("roles.csv", "p, role:auditor, orders:list, allow\n");
    add("sign-up.csv", "p2, *@audit.example, allow\ng3, *@audit.example, group:auditors\n");
    await until("said", () => stack.output.includes("the user pool has a new group: auditors"));

    await signUp("ann@audit.example");

    const { access } = await signIn("ann@audit.example");
    expect(claimsOf(access)["cognito:groups"]).toEqual(["auditors"]);
    expect((await call("GET /orders", access)).status).toBe(200);
  });

  test("has what groups.yaml says of it, as soon as that is saved", async () => {
    add("groups.yaml", "\nauditors:\n  description: Look at orders\n  precedence: 7\n");
    await until("described", async () => (await group())?.Precedence === 7);

    expect(await group()).toMatchObject({ Description: "Look at orders" });
  });

  test("stays with its members once no row names it, as after a deployment", async () => {
    for (const { path, text } of files) writeFileSync(path, text);
    await until(
      "taken back",
      async () => (await call("GET /orders", (await signIn("ann@audit.example")).access)).status === 403,
    );

    expect(await groupsOf("ann@audit.example")).toEqual(["auditors"]);
  });

  test("is there at once where an administrator is faster than the terminal", async () => {
    add("groups.csv", "g, group:auditors, role:auditor\ng, group:clerks, role:auditor\n");
    add("roles.csv", "p, role:auditor, orders:list, allow\n");
    await cognito.send(
      new AdminAddUserToGroupCommand({ UserPoolId, Username: "ann@audit.example", GroupName: "clerks" }),
    );

    expect((await groupsOf("ann@audit.example")).sort()).toEqual(["auditors", "clerks"]);
  });
});

describe("the process", () => {
  test("leaves the package of the service as it was", () => {
    expect(readFileSync(ownPackage, "utf8")).toBe("packaged before");
  });

  test("a port that is taken is named, with the flag that changes it", async () => {
    const second = new LocalStackProcess([
      "--no-story",
      "--data",
      join(directory, "second"),
      "--port",
      String(api),
    ]);

    expect(await second.exited()).toEqual({ code: 1, signal: null });
    expect(second.output).toContain(`port ${api} is taken`);
    expect(second.output).toContain("--port");
  });

  test("two runs on the same data are refused", async () => {
    const second = new LocalStackProcess(["--no-story", "--data", data]);

    expect(await second.exited()).toEqual({ code: 1, signal: null });
    expect(second.output).toContain("--data");
  });

  test("Ctrl-C ends it with 0, and nothing of it is left", async () => {
    stack.signal("SIGINT");

    expect(await stack.exited()).toEqual({ code: 0, signal: null });
    expect(processesWith(`--httpPort ${api}`)).toEqual([]);
    expect(await isPortFree(api)).toBe(true);
    expect(await isPortFree(cognitoPort)).toBe(true);
  }, 40_000);

  test("users, keys and orders are there after a restart", async () => {
    stack = start();
    await stack.ready();

    const again = await signIn("alice@example.com");

    expect(claimsOf(again.access)["sub"]).toBe(aliceSub);
    expect((await call(`GET /orders/${aliceOrder}`, alice.access)).status).toBe(200);
    expect(claimsOf(await refreshed(alice.refresh))["cognito:groups"]).toEqual(["customers"]);
  }, 70_000);

  test("the functions do not outlive a parent that was killed", async () => {
    stack.signal("SIGKILL");
    await stack.exited();

    await until("ports free", async () => (await isPortFree(api)) && (await isPortFree(cognitoPort)));
    await until("no process", () => processesWith(`--httpPort ${api}`).length === 0);
  }, 40_000);
});
