import { once } from "node:events";
import { connect } from "node:net";
import type { UserPool } from "../../../../../src/tools/cognito-server/user-pool.ts";
import { servedPool } from "../../../../support/user-pool.ts";

let served: UserPool;

beforeAll(async () => {
  served = await servedPool();
});

afterAll(() => served.stop());

const SERVICE = "AWSCognitoIdentityProviderService";

async function call(target: string, body: string) {
  const response = await fetch(served.url, { method: "POST", headers: { "x-amz-target": target }, body });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

/** The status line that the server answers these bytes with. */
async function statusOf(request: string): Promise<string> {
  const socket = connect(served.port, "127.0.0.1");
  socket.end(request);
  const [answer] = (await once(socket, "data")) as [Buffer];
  socket.destroy();
  return answer.toString("latin1").split("\r\n")[0] ?? "";
}

describe("a call of the API", () => {
  test.each([
    ["an operation that does not exist", "Fly"],
    ["a name that every object has", "constructor"],
    ["a name that every object inherits", "__proto__"],
  ])("of %s is refused by its name", async (_case, operation) => {
    expect(await call(`${SERVICE}.${operation}`, "{}")).toEqual({
      status: 400,
      body: { __type: "UnknownOperationException", message: `${operation} is not an operation` },
    });
  });

  test("of another service is not one of the user pool", async () => {
    expect((await call("DynamoDB_20120810.ListUserPools", "{}")).status).toBe(404);
    expect((await call("AWSCognitoIdentityService.ListUserPools", "{}")).body).toMatchObject({
      __type: "UnknownOperationException",
    });
  });

  test.each([["[]"], ["null"], ["5"], ["{"]])("with the body %s is refused", async (body) => {
    expect(await call(`${SERVICE}.ListUserPools`, body)).toMatchObject({
      status: 400,
      body: { __type: "SerializationException" },
    });
  });

  test("with a body of more than 1 MB is answered, and says so", async () => {
    expect((await call(`${SERVICE}.ListUserPools`, " ".repeat(3_000_000))).status).toBe(413);
  });
});

test("the address alone, opened in a browser, says what there is to see", async () => {
  const answer = await fetch(served.url);
  expect(answer.status).toBe(404);
  expect(await answer.json()).toEqual({
    message: "there is no GET / here; the messages are at /_mailbox, a sign-in begins at /oauth2/authorize",
  });
});

describe("a request line", () => {
  const host = () => `Host: 127.0.0.1:${served.port}`;

  test.each([
    ["has a host of its own", "http://evil.example/login"],
    ["is not an address", "*"],
  ])("that %s is not taken", async (_case, target) => {
    expect(await statusOf(`GET ${target} HTTP/1.1\r\n${host()}\r\n\r\n`)).toBe("HTTP/1.1 400 Bad Request");
  });

  test("that begins with two slashes is a path", async () => {
    expect(await statusOf(`GET //evil.example/login HTTP/1.1\r\n${host()}\r\n\r\n`)).toBe(
      "HTTP/1.1 404 Not Found",
    );
  });

  test.each([["["], ["evil.example"], ["localhost:1"]])("for the host %s is refused", async (name) => {
    expect(await statusOf(`GET /login HTTP/1.1\r\nHost: ${name}\r\n\r\n`)).toMatch(/^HTTP\/1\.1 4/);
  });

  test.each([["/constructor"], ["/__proto__"], ["/%ff"], [`/${"a".repeat(10_000)}`]])(
    "of a path without a route, %.20s, is not found",
    async (path) => {
      expect(await statusOf(`GET ${path} HTTP/1.1\r\n${host()}\r\n\r\n`)).toBe("HTTP/1.1 404 Not Found");
    },
  );
});

test("HEAD is answered as GET, without a body", async () => {
  const response = await fetch(`${served.url}/error`, { method: "HEAD" });

  expect(response.status).toBe(400);
  expect(await response.text()).toBe("");
});

test("a page of another origin gets no preflight and no answer for what administrators call", async () => {
  const headers = { origin: "http://evil.example", "x-amz-target": `${SERVICE}.ListUsers` };

  expect((await fetch(served.url, { method: "OPTIONS", headers })).status).toBe(403);
  expect((await fetch(served.url, { method: "POST", headers, body: "{}" })).status).toBe(403);
});

test("the discovery document names the endpoints as the pool was asked, and the keys that it publishes", async () => {
  const origin = `http://localhost:${served.port}`;
  const { place } = served.pool.config;
  const discovery = await fetch(`${origin}/${place.userPoolId}/.well-known/openid-configuration`);
  const document = (await discovery.json()) as Record<string, unknown>;

  expect(document).toMatchObject({
    issuer: place.issuer,
    authorization_endpoint: `${origin}/oauth2/authorize`,
    token_endpoint: `${origin}/oauth2/token`,
    jwks_uri: `${origin}/${place.userPoolId}/.well-known/jwks.json`,
  });
  const { keys } = (await (await fetch(String(document["jwks_uri"]))).json()) as { keys: { kid: string }[] };
  expect(keys.map(({ kid }) => kid)).toEqual(served.pool.keys.published().map(({ kid }) => kid));
});
