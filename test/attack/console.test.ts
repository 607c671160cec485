import type { Pool } from "../../src/tools/cognito/pool.ts";
import { TestConsole } from "../support/console.ts";
import { addUser } from "../support/pool-users.ts";
import { testPool } from "../support/user-pool.ts";

// The console creates administrators, signs in without passwords and writes the policy. Pages of other origins, which
// a browser on the same machine has open, can send requests to its port; none of them may get anything.

let pool: Pool;
let page: TestConsole;

beforeEach(async () => {
  pool = testPool();
  pool.groups.save({ name: "admins", createdAt: 0, modifiedAt: 0 });
  addUser(pool, "mallory@example.com");
  page = new TestConsole(pool);
  await page.start();
});

afterEach(() => page.stop());

const body = () =>
  JSON.stringify({
    username: pool.users.find("mallory@example.com")?.username,
    action: "join",
    group: "admins",
  });
const groups = () => pool.users.find("mallory@example.com")?.groups;
const json = { "content-type": "application/json" };

test.each(["http://localhost:5173", "http://evil.example", "null", "https://localhost"])(
  "a page of the origin %s changes nothing, and reads nothing, even with the token",
  async (origin) => {
    const headers = { ...json, origin, "x-console-token": page.token };
    expect((await page.send("POST", "/api/user", headers, body())).status).toBe(403);
    const paths = ["/", "/console.js", "/api/directory", "/api/live", "/api/mails", "/api/issued"];
    for (const path of paths) {
      const answer = await page.send("GET", path, headers);
      expect(answer).toMatchObject({ status: 403, json: { code: "origin" } });
      expect(answer.headers).not.toHaveProperty("access-control-allow-origin");
    }
    expect(groups()).toEqual([]);
  },
);

test.each(["evil.example", "localhost", "localhost.evil.example:PORT", "127.0.0.1:1"])(
  "a name that resolves to this machine, %s, is another host",
  async (name) => {
    const headers = { ...json, host: name.replace("PORT", `${page.port}`), "x-console-token": page.token };
    expect((await page.send("GET", "/", headers)).status).toBe(421);
    expect((await page.send("POST", "/api/user", headers, body())).status).toBe(421);
    expect(groups()).toEqual([]);
  },
);

test.each(["", "wrong", "x".repeat(43)])("a request with the token `%s` changes nothing", async (token) => {
  const headers = { ...json, ...(token === "" ? {} : { "x-console-token": token }) };
  expect(await page.send("POST", "/api/user", headers, body())).toMatchObject({
    status: 403,
    json: { code: "token" },
  });
  expect((await page.send("GET", "/api/mails", headers)).status).toBe(403);
  expect(groups()).toEqual([]);
});

test.each(["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", "application/json; x"])(
  "a body of the type %s, which a form can send, is refused",
  async (type) => {
    const headers = { "content-type": type, "x-console-token": page.token };
    expect((await page.send("POST", "/api/user", headers, body())).status).toBe(415);
    expect(groups()).toEqual([]);
  },
);

test("a preflight of another origin is not answered", async () => {
  const headers = { origin: "http://evil.example", "access-control-request-headers": "x-console-token" };
  const answer = await page.send("OPTIONS", "/api/user", headers);
  expect(answer.status).toBe(403);
  expect(Object.keys(answer.headers).filter((name) => name.startsWith("access-control"))).toEqual([]);
});

test("no read by GET changes anything, and no change is read by GET", async () => {
  for (const path of [
    "/api/users",
    "/api/user",
    "/api/group",
    "/api/sign-in",
    "/api/try",
    "/api/policy/save",
  ]) {
    expect((await page.get(path)).status).toBe(404);
  }
  expect(pool.users.size).toBe(1);
});

test("a body of more than 1 MB is refused", async () => {
  expect((await page.post("/api/user", { username: "x".repeat(1_100_000) })).status).toBe(413);
});

test("the page runs its own script alone, in no frame, and no answer is kept", async () => {
  const { headers, text } = await page.send("GET", "/");
  const policy = String(headers["content-security-policy"]);
  expect(policy).toContain("default-src 'none'");
  expect(policy).toContain("script-src 'self';");
  expect(policy).toContain("frame-ancestors 'none'");
  expect(policy).not.toMatch(/unsafe|https?:|\*/);
  expect(text).not.toMatch(/<script(?![^>]*src=)|https?:\/\/(?!www\.w3\.org\/2000\/svg)/);
  expect((await page.get("/api/directory")).headers).toMatchObject({
    "cache-control": "no-store",
    "x-content-type-options": "nosniff",
    "cross-origin-resource-policy": "same-origin",
  });
});

test("the script, which other pages may load, has no token in it", async () => {
  expect((await page.send("GET", "/console.js")).text).not.toContain(page.token);
});
