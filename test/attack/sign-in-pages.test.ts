import type { UserPool } from "../../src/tools/cognito-server/user-pool.ts";
import { BrowserVisit } from "../support/browser-visit.ts";
import { addUser, PASSWORD } from "../support/pool-users.ts";
import { servedPool, testClient } from "../support/user-pool.ts";

const callback = "http://localhost:5173/callback";
const client = {
  ...testClient({
    AllowedOAuthFlows: ["code"],
    CallbackURLs: [callback],
    LogoutURLs: [callback],
    PreventUserExistenceErrors: "ENABLED",
  }),
  scopes: ["openid"],
};
const query = new URLSearchParams({ client_id: client.id, redirect_uri: callback, response_type: "code" });
const login = `/login?${query}`;
const ada = { username: "ada@example.com", password: PASSWORD };

let served: UserPool;

beforeAll(async () => {
  served = await servedPool({ config: { clients: [client] } });
  addUser(served.pool, "ada@example.com");
});

afterAll(() => served.stop());

/** The text that a page reads out as wrong. */
const alertIn = (page: string) => /<p role="alert"[^>]*>([^<]*)/.exec(page)?.[1];

test("a form that another site sends signs nobody in: it does not have the browser's token", async () => {
  const victim = new BrowserVisit(served.url);
  const attacker = new BrowserVisit(served.url);
  const stolen = await (await attacker.get(login)).text();
  await victim.get(login);

  const answer = await victim.send(stolen, ada);

  expect(answer.headers.get("location")).toBeNull();
  expect(alertIn(await answer.text())).toContain("out of date");
});

test("a browser that a page of another site sends is refused before its form is read", async () => {
  const response = await fetch(`${served.url}${login}`, {
    method: "POST",
    headers: { origin: "https://evil.example" },
    body: new URLSearchParams(ada),
  });

  expect(response.status).toBe(403);
});

test("an unknown user and a wrong password look the same", async () => {
  const page = async (username: string) => {
    const answer = await new BrowserVisit(served.url).submit(login, {
      username,
      password: "Wrong-Password-1",
    });
    return (await answer.text()).replaceAll(username, "NAME").replace(/value="[\w-]{43}"/, "");
  };

  expect(await page("nobody@example.com")).toBe(await page("ada@example.com"));
});

test("what was entered comes back as text, not as markup", async () => {
  const username = `"><img src=x onerror=alert(1)>@example.com`;
  const answer = await new BrowserVisit(served.url).submit(login, { username, password: "x" });
  const page = await answer.text();

  expect(page).not.toContain("<img");
  expect(page).toContain("&quot;&gt;&lt;img src=x onerror=alert(1)&gt;");
});

test("an error in an address is shown as text", async () => {
  const page = await (
    await fetch(`${served.url}/error?error=${encodeURIComponent("<script>x</script>")}`)
  ).text();

  expect(page).not.toContain("<script");
});

test.each(["/login", "/signup", "/confirm", "/forgotPassword", "/error"])(
  "%s runs no script, loads nothing, and is in nobody's frame",
  async (path) => {
    const response = await fetch(`${served.url}${path}?${query}`);
    const policy = response.headers.get("content-security-policy") ?? "";

    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toContain("unsafe");
    expect(policy).not.toContain("script-src");
    expect(response.headers.get("cache-control")).toBe("no-store");
    expect(response.headers.get("x-content-type-options")).toBe("nosniff");
    expect(await response.text()).not.toMatch(/<script|\son[a-z]+=|src=/);
  },
);

test("the cookie of a signed-in browser is out of reach for scripts and other sites", async () => {
  const answer = await new BrowserVisit(served.url).submit(login, ada);
  const cookie = answer.headers.getSetCookie().find((header) => header.startsWith("cognito="));

  expect(cookie).toMatch(/; HttpOnly; SameSite=Lax/);
});

test.each([
  ["/login", "redirect_uri", "https://evil.example/"],
  ["/signup", "redirect_uri", "javascript:alert(1)"],
  ["/oauth2/authorize", "redirect_uri", "http://localhost:5173/callback@evil.example"],
  ["/logout", "logout_uri", "https://evil.example/"],
])("%s sends nobody to an address that is not registered", async (path, name, address) => {
  const asked = new URLSearchParams(query);
  asked.set(name, address);
  const answer = await fetch(`${served.url}${path}?${asked}`, { redirect: "manual" });

  expect(answer.headers.get("location")).toBe("/error?error=redirect_mismatch");
});

test("the session of a challenge belongs to the browser's user, whatever the form says", async () => {
  addUser(served.pool, "tom@example.com", { status: "FORCE_CHANGE_PASSWORD" });
  const browser = new BrowserVisit(served.url);
  const page = await (
    await browser.submit(login, { username: "tom@example.com", password: PASSWORD })
  ).text();
  expect(page).toContain("Choose a password");

  const answer = await browser.send(page, { username: "ada@example.com", NEW_PASSWORD: "Another-Horse-8" });

  expect(answer.headers.get("location")).toBeNull();
  expect(alertIn(await answer.text())).toContain("Invalid session");
});
