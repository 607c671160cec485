import { createHash } from "node:crypto";
import { liveTokenCaller } from "../../../../../src/tools/cognito/tokens/access-token-guard.ts";
import type { UserPool } from "../../../../../src/tools/cognito-server/user-pool.ts";
import { BrowserVisit } from "../../../../support/browser-visit.ts";
import { addUser, claimsOf, PASSWORD } from "../../../../support/pool-users.ts";
import { servedPool, testClient } from "../../../../support/user-pool.ts";

const callback = "http://localhost:5173/callback";
const signedOut = "http://localhost:5173/";
const web = {
  ...testClient({
    AllowedOAuthFlows: ["code", "implicit"],
    CallbackURLs: [callback],
    LogoutURLs: [signedOut],
    RefreshTokenRotation: { Feature: "ENABLED", RetryGracePeriodSeconds: 0 },
  }),
  scopes: ["openid", "email", "profile", "aws.cognito.signin.user.admin"],
};
const machine = {
  ...testClient({ AllowedOAuthFlows: ["client_credentials"] }, "machine", "a secret+/="),
  scopes: ["orders/read", "orders/write"],
};
const verifier = "v".repeat(43);
const query = {
  client_id: web.id,
  redirect_uri: callback,
  response_type: "code",
  code_challenge: createHash("sha256").update(verifier).digest("base64url"),
  code_challenge_method: "S256",
  state: "the state",
  nonce: "the nonce",
};

let served: UserPool;

beforeAll(async () => {
  served = await servedPool({ config: { clients: [web, machine] } });
  addUser(served.pool, "ada@example.com", { attributes: { name: "Ada" } });
});

afterAll(() => served.stop());

const authorize = (changes: Record<string, string> = {}) =>
  `/oauth2/authorize?${new URLSearchParams({ ...query, ...changes })}`;

const locationOf = (response: Response) => new URL(response.headers.get("location") ?? "", served.url);

/** Signs a browser in, and gives where it was sent. */
async function signedIn(browser: BrowserVisit, changes: Record<string, string> = {}): Promise<URL> {
  const login = locationOf(await browser.get(authorize(changes)));
  const path = `${login.pathname}${login.search}`;
  return locationOf(await browser.submit(path, { username: "ada@example.com", password: PASSWORD }));
}

async function token(form: Record<string, string>, headers: Record<string, string> = {}) {
  const response = await fetch(`${served.url}/oauth2/token`, {
    method: "POST",
    headers,
    body: new URLSearchParams(form),
  });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

const exchange = (code: string, changes: Record<string, string> = {}) =>
  token({
    grant_type: "authorization_code",
    client_id: web.id,
    redirect_uri: callback,
    code,
    code_verifier: verifier,
    ...changes,
  });

const codeIn = (url: URL) => url.searchParams.get("code") ?? "";

describe("a sign-in with a code", () => {
  test("returns to the app with a code and the state, and the code becomes tokens with the nonce", async () => {
    const back = await signedIn(new BrowserVisit(served.url), { scope: "openid email" });

    expect(`${back.origin}${back.pathname}`).toBe(callback);
    expect(back.searchParams.get("state")).toBe("the state");
    const { status, body } = await exchange(codeIn(back));
    expect({ status, type: body["token_type"], seconds: body["expires_in"] }).toEqual({
      status: 200,
      type: "Bearer",
      seconds: 3600,
    });
    expect(claimsOf(body["access_token"])).toMatchObject({ scope: "openid email", client_id: web.id });
    expect(claimsOf(body["id_token"])).toMatchObject({ nonce: "the nonce", aud: web.id });
  });

  test.each([
    ["another verifier", { code_verifier: "w".repeat(43) }],
    ["no verifier", { code_verifier: "" }],
    ["another callback", { redirect_uri: signedOut }],
  ])("gives nothing for %s, and the code is gone", async (_case, changes) => {
    const code = codeIn(await signedIn(new BrowserVisit(served.url)));

    expect(await exchange(code, changes)).toEqual({ status: 400, body: { error: "invalid_grant" } });
    expect(await exchange(code)).toEqual({ status: 400, body: { error: "invalid_grant" } });
  });

  test.each([["profile"], ["aws.cognito.signin.user.admin"]])(
    "without the scope openid has no ID token, and neither has its refresh: %s",
    async (scope) => {
      const { body } = await exchange(codeIn(await signedIn(new BrowserVisit(served.url), { scope })));
      expect(body).not.toHaveProperty("id_token");

      const refresh_token = String(body["refresh_token"]);
      const again = await token({ grant_type: "refresh_token", client_id: web.id, refresh_token });
      expect(claimsOf(again.body["access_token"])).toMatchObject({ scope });
      expect(again.body).not.toHaveProperty("id_token");
    },
  );

  test.each([
    ["openid", { email: "ada@example.com", email_verified: true, name: "Ada" }],
    ["openid aws.cognito.signin.user.admin", { email: "ada@example.com", email_verified: true, name: "Ada" }],
    ["openid email", { email: "ada@example.com", email_verified: true }],
    ["openid profile", { name: "Ada" }],
  ])("shows the attributes of %s in the ID token", async (scope, attributes) => {
    const { body } = await exchange(codeIn(await signedIn(new BrowserVisit(served.url), { scope })));

    const { email, email_verified, name } = claimsOf(body["id_token"]);
    expect(JSON.parse(JSON.stringify({ email, email_verified, name }))).toEqual(attributes);
  });

  test("is over when the user is deleted, also for the next user of the name", async () => {
    const page = `/login?${new URLSearchParams(query)}`;
    const browser = new BrowserVisit(served.url);
    const first = addUser(served.pool, "first@example.com", { username: "reused" });
    const code = codeIn(
      locationOf(await browser.submit(page, { username: "first@example.com", password: PASSWORD })),
    );
    served.pool.users.delete(first.username);
    addUser(served.pool, "second@example.com", { username: "reused" });

    expect((await exchange(code)).body).toEqual({ error: "invalid_grant" });
    expect(locationOf(await browser.get(authorize())).pathname).toBe("/login");
  });

  test("asks a signed-in browser for nothing, until it signs out", async () => {
    const browser = new BrowserVisit(served.url);
    await signedIn(browser);

    expect(codeIn(locationOf(await browser.get(authorize())))).not.toBe("");
    expect(locationOf(await browser.get(authorize({ prompt: "login" }))).pathname).toBe("/login");
    const logout = new URLSearchParams({ client_id: web.id, logout_uri: signedOut });
    expect(String(locationOf(await browser.get(`/logout?${logout}`)))).toBe(signedOut);
    expect(locationOf(await browser.get(authorize())).pathname).toBe("/login");
    expect(locationOf(await browser.get(authorize({ prompt: "none" }))).search).toContain(
      "error=login_required",
    );
  });

  test("of a user who was disabled meanwhile gives no tokens", async () => {
    const user = addUser(served.pool, "gone@example.com");
    const browser = new BrowserVisit(served.url);
    const page = `/login?${new URLSearchParams(query)}`;
    const back = locationOf(await browser.submit(page, { username: "gone@example.com", password: PASSWORD }));
    served.pool.users.save({ ...user, enabled: false });

    expect((await exchange(codeIn(back))).body).toMatchObject({ error: "invalid_grant" });
  });
});

test("the implicit grant puts the tokens behind the hash, where no server sees them", async () => {
  const back = await signedIn(new BrowserVisit(served.url), { response_type: "token" });
  const answer = new URLSearchParams(back.hash.slice(1));

  expect(back.search).toBe("");
  const accessToken = answer.get("access_token") ?? "";
  expect(claimsOf(accessToken)).toMatchObject({ token_use: "access", client_id: web.id });
  expect(claimsOf(answer.get("id_token"))).toMatchObject({
    aud: web.id,
    nonce: "the nonce",
    at_hash: createHash("sha256").update(accessToken).digest().subarray(0, 16).toString("base64url"),
  });
  expect(answer.get("state")).toBe("the state");
  expect([...answer.keys()].sort()).toEqual([
    "access_token",
    "expires_in",
    "id_token",
    "state",
    "token_type",
  ]);
});

test("the implicit grant without `openid` gives no ID token", async () => {
  const back = await signedIn(new BrowserVisit(served.url), { response_type: "token", scope: "email" });
  expect([...new URLSearchParams(back.hash.slice(1)).keys()]).not.toContain("id_token");
});

test("a client without a secret cannot prove one", async () => {
  const code = codeIn(await signedIn(new BrowserVisit(served.url)));
  expect(await exchange(code, { client_secret: "guess" })).toEqual({
    status: 400,
    body: { error: "invalid_client" },
  });
  const authorization = `Basic ${Buffer.from(`${web.id}:guess`).toString("base64")}`;
  const form = { grant_type: "authorization_code", code, redirect_uri: callback, code_verifier: verifier };
  expect((await token(form, { authorization })).body).toEqual({ error: "invalid_client" });
  // The code was not touched.
  expect((await exchange(code)).status).toBe(200);
});

describe("a sign-in for one API", () => {
  const resource = "https://orders.example.com/";

  test("binds the access token and those of its refreshes, not the ID token", async () => {
    const { body } = await exchange(codeIn(await signedIn(new BrowserVisit(served.url), { resource })));
    expect(claimsOf(body["access_token"])).toMatchObject({ aud: resource });
    expect(claimsOf(body["id_token"])).toMatchObject({ aud: web.id });
    const refresh_token = String(body["refresh_token"]);
    const again = await token({ grant_type: "refresh_token", client_id: web.id, refresh_token });
    expect(claimsOf(again.body["access_token"])).toMatchObject({ aud: resource });
  });

  test("binds the token of the implicit grant", async () => {
    const asked = { resource, response_type: "token" };
    const back = await signedIn(new BrowserVisit(served.url), asked);
    const tokens = new URLSearchParams(back.hash.slice(1));
    expect(claimsOf(tokens.get("access_token"))).toMatchObject({ aud: resource });
  });

  test("is the only one that does", async () => {
    const { body } = await exchange(codeIn(await signedIn(new BrowserVisit(served.url))));
    expect(claimsOf(body["access_token"])).not.toHaveProperty("aud");
  });
});

describe("refresh", () => {
  test("gives other tokens and takes the old refresh token away", async () => {
    const { body } = await exchange(codeIn(await signedIn(new BrowserVisit(served.url))));
    const refresh = {
      grant_type: "refresh_token",
      client_id: web.id,
      refresh_token: String(body["refresh_token"]),
    };

    const again = await token(refresh);

    expect(claimsOf(again.body["access_token"])["origin_jti"]).toBe(
      claimsOf(body["access_token"])["origin_jti"],
    );
    expect(await token(refresh)).toMatchObject({ status: 400, body: { error: "invalid_grant" } });
  });

  test("ends with the revocation of the token, and so do the access tokens at the pool", async () => {
    const { body } = await exchange(codeIn(await signedIn(new BrowserVisit(served.url))));
    const refresh_token = String(body["refresh_token"]);
    const revoke = (form: Record<string, string>) =>
      fetch(`${served.url}/oauth2/revoke`, { method: "POST", body: new URLSearchParams(form) });

    expect((await revoke({ token: refresh_token, client_id: web.id })).status).toBe(200);

    expect((await token({ grant_type: "refresh_token", client_id: web.id, refresh_token })).status).toBe(400);
    const authorization = `Bearer ${String(body["access_token"])}`;
    expect((await fetch(`${served.url}/oauth2/userInfo`, { headers: { authorization } })).status).toBe(401);
    const access = await revoke({ token: String(body["access_token"]), client_id: web.id });
    expect({ status: access.status, body: await access.json() }).toEqual({
      status: 400,
      body: { error: "unsupported_token_type" },
    });
  });
});

describe("user info", () => {
  test.each([
    ["openid", { email: "ada@example.com", email_verified: "true", name: "Ada" }],
    ["openid email", { email: "ada@example.com", email_verified: "true" }],
    ["openid profile", { name: "Ada" }],
  ])("shows what the scopes name, as text: %s", async (scope, attributes) => {
    const { body } = await exchange(codeIn(await signedIn(new BrowserVisit(served.url), { scope })));
    const headers = { authorization: `Bearer ${String(body["access_token"])}` };

    expect(await (await fetch(`${served.url}/oauth2/userInfo`, { headers })).json()).toEqual({
      ...attributes,
      sub: "sub-of-ada@example.com",
      username: "sub-of-ada@example.com",
    });
  });

  test("is refused to a machine, also to one whose client has the name of a user", async () => {
    addUser(served.pool, "machine@example.com", { username: machine.id });
    const { body } = await token({
      grant_type: "client_credentials",
      client_id: machine.id,
      client_secret: machine.secret ?? "",
    });

    expect(() => liveTokenCaller(served.pool, String(body["access_token"]))).toThrow("User does not exist.");
  });

  test.each([
    ["no token", undefined, 400],
    ["garbage", "Bearer x.y.z", 401],
  ])("%s is refused", async (_case, authorization, status) => {
    const headers = authorization === undefined ? {} : { authorization };
    expect((await fetch(`${served.url}/oauth2/userInfo`, { headers })).status).toBe(status);
  });
});

describe("client credentials", () => {
  const basic = (id: string, secret: string) => ({
    authorization: `Basic ${Buffer.from(`${id}:${encodeURIComponent(secret)}`).toString("base64")}`,
  });
  const grant = { grant_type: "client_credentials" };

  test("are taken from the header, form-encoded, and from the form", async () => {
    const byHeader = await token(grant, basic(machine.id, machine.secret ?? ""));
    const byForm = await token({ ...grant, client_id: machine.id, client_secret: machine.secret ?? "" });

    for (const { body } of [byHeader, byForm]) {
      expect(claimsOf(body["access_token"])).toMatchObject({
        sub: machine.id,
        scope: "orders/read orders/write",
      });
    }
  });

  test.each([
    ["a wrong secret", grant, basic(machine.id, "other"), "invalid_client"],
    [
      "another client in the form",
      { ...grant, client_id: web.id },
      basic(machine.id, "a secret+/="),
      "invalid_client",
    ],
    ["a client without a secret", { ...grant, client_id: web.id }, {}, "invalid_client"],
    [
      "a scope of somebody else",
      { ...grant, scope: "admin" },
      basic(machine.id, "a secret+/="),
      "invalid_scope",
    ],
    [
      "an unknown grant",
      { grant_type: "password" },
      basic(machine.id, "a secret+/="),
      "unsupported_grant_type",
    ],
    ["no grant", {}, {}, "invalid_request"],
  ])("%s: %#", async (_case, form, headers, error) => {
    expect(await token(form, headers)).toEqual({ status: 400, body: { error } });
  });
});

describe("the form of a request", () => {
  const grant = `grant_type=client_credentials&client_id=${machine.id}&client_secret=${encodeURIComponent(machine.secret ?? "")}`;
  const post = async (path: string, type: string, body: string) => {
    const response = await fetch(`${served.url}${path}`, {
      method: "POST",
      headers: { "content-type": type },
      body,
    });
    return { status: response.status, body: (await response.json()) as unknown };
  };

  test.each([
    ["another content type", "text/plain", grant],
    ["JSON", "application/json", JSON.stringify({ grant_type: "client_credentials" })],
    ["a parameter twice", "application/x-www-form-urlencoded", `${grant}&grant_type=refresh_token`],
    ["bytes that are no text", "application/x-www-form-urlencoded", "\u0000\uFFFD=%ff%fe&="],
  ])("is invalid with %s", async (_case, type, body) => {
    const invalid = { status: 400, body: { error: "invalid_request" } };

    expect(await post("/oauth2/token", type, body)).toEqual(invalid);
    expect(await post("/oauth2/revoke", type, body)).toEqual(invalid);
  });

  test("of a client that does not prove its secret is 400 at one endpoint and 401 at the other, as on AWS", async () => {
    const type = "application/x-www-form-urlencoded";
    const client = new URLSearchParams({ client_id: machine.id, client_secret: "guess", token: "x" });
    const refused = { body: { error: "invalid_client" } };
    expect(await post("/oauth2/revoke", type, String(client))).toEqual({ status: 401, ...refused });
    client.set("grant_type", "client_credentials");
    expect(await post("/oauth2/token", type, String(client))).toEqual({ status: 400, ...refused });
  });

  test("may name its character set", async () => {
    expect(
      await post("/oauth2/token", "application/x-www-form-urlencoded; charset=utf-8", grant),
    ).toMatchObject({ status: 200 });
  });

  test.each([["constructor"], ["__proto__"], ["a".repeat(100_000)]])(
    "with names that every object has is refused as any other: %.20s",
    async (name) => {
      const type = "application/x-www-form-urlencoded";
      const unsupported = { status: 400, body: { error: "unsupported_grant_type" } };

      expect(await post("/oauth2/token", type, `grant_type=${name}`)).toEqual(unsupported);
      expect(
        await post("/oauth2/token", type, `grant_type=refresh_token&client_id=${name}&refresh_token=x`),
      ).toEqual({ status: 400, body: { error: "invalid_client" } });
      expect(
        await post(
          "/oauth2/token",
          type,
          `grant_type=refresh_token&client_id=${web.id}&refresh_token=${name}`,
        ),
      ).toMatchObject({ status: 400, body: { error: "invalid_grant" } });
    },
  );
});

test("two exchanges of one code at the same time give tokens once", async () => {
  const code = codeIn(await signedIn(new BrowserVisit(served.url)));
  const answers = await Promise.all([exchange(code), exchange(code), exchange(code)]);

  expect(answers.map(({ status }) => status).sort()).toEqual([200, 400, 400]);
});
