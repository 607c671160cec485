import { generateKeyPairSync } from "node:crypto";
import { createServer, request, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { signClaims, signingKeyOf } from "../../../../../src/tools/cognito/tokens/signing.ts";
import {
  callIn,
  type ReportedCall,
  reportCalls,
} from "../../../../../src/tools/local/calls/reported-call.ts";
import { guardServers } from "../../../../../src/tools/local/gateways/guard-servers.ts";

const APP = "http://localhost:5173";
const key = signingKeyOf("k", generateKeyPairSync("rsa", { modulusLength: 2048 }));
const token = signClaims({ sub: "alice-sub", client_id: "web" }, key);

const calls: ReportedCall[] = [];
const reached: string[] = [];
let api: Server;
let functions: Server;
let unguard: () => void;

const portOf = (server: Server) => (server.address() as AddressInfo).port;

/** A server that was there before the guard, as those of a framework are whose code nobody can change. */
function listening(name: string): Promise<Server> {
  const server = createServer((_request, response) => {
    reached.push(name);
    response.writeHead(204).end();
  });
  server.on("upgrade", (_request, socket) => {
    reached.push(`${name} upgrade`);
    socket.end("HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n");
  });
  return new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(server)));
}

beforeAll(async () => {
  [api, functions] = [await listening("api"), await listening("functions")];
  const seen = reportCalls((message) => {
    const call = callIn(JSON.parse(JSON.stringify(message)));
    if (call !== undefined) calls.push(call);
  });
  unguard = guardServers({ apiPort: portOf(api), origins: [APP] }, seen);
});

afterAll(() => {
  unguard();
  api.close();
  functions.close();
});

beforeEach(() => {
  calls.length = 0;
  reached.length = 0;
});

/** The status of an answer. `fetch` lets nobody choose a `Host` or an `Origin`. */
function statusOf(server: Server, headers: Record<string, string>, path = "/", method = "GET") {
  return new Promise<number>((resolve, reject) => {
    const host = `127.0.0.1:${portOf(server)}`;
    const sent = request({ port: portOf(server), path, method, headers: { host, ...headers } });
    sent.once("response", (response) => resolve(response.resume().statusCode ?? 0));
    sent.once("upgrade", (response, socket) => {
      socket.destroy();
      resolve(response.statusCode ?? 0);
    });
    sent.once("error", reject);
    sent.end();
  });
}

const UPGRADE = { connection: "Upgrade", upgrade: "websocket" };

test("a foreign host reaches no server of the process, by request or by handshake", async () => {
  const host = `evil.example:${portOf(api)}`;
  expect(await statusOf(api, { host })).toBe(421);
  expect(await statusOf(functions, { host })).toBe(421);
  expect(await statusOf(api, { host, ...UPGRADE })).toBe(421);
  expect(await statusOf(api, { host, expect: "100-continue" })).toBe(421);
  expect(reached).toEqual([]);
});

test("a foreign page reaches no server either", async () => {
  for (const origin of ["http://evil.example", "null"]) {
    expect(await statusOf(api, { origin })).toBe(403);
    expect(await statusOf(api, { origin, ...UPGRADE })).toBe(403);
    expect(await statusOf(functions, { origin })).toBe(403);
  }
  expect(reached).toEqual([]);
});

test("a page of the app calls the API and connects, and invokes no function directly", async () => {
  expect(await statusOf(api, { origin: APP })).toBe(204);
  expect(await statusOf(functions, { origin: APP, ...UPGRADE })).toBe(101);
  expect(await statusOf(functions, { origin: APP })).toBe(403);
  expect(reached).toEqual(["api", "functions upgrade"]);
});

test("calls of the API are reported with the caller that they name, without token, query and preflights", async () => {
  const authorization = `Bearer ${token}`;
  await statusOf(api, { authorization }, "/orders/1?secret=1", "POST");
  await statusOf(api, {}, "/health");
  await statusOf(api, { authorization: "Bearer garbage" }, "/orders");
  await statusOf(api, {}, "/orders", "OPTIONS");
  await statusOf(functions, {});
  await statusOf(functions, { ...UPGRADE, "sec-websocket-protocol": `claimgate, ${token}` });

  await statusOf(functions, { origin: "http://evil.example" }, "/x?secret=1");

  const alice = { sub: "alice-sub", client: "web" };
  expect(calls.map(({ at: _, ...call }) => call)).toEqual([
    { method: "POST", path: "/orders/1", status: 204, caller: alice },
    { method: "GET", path: "/health", status: 204, caller: undefined },
    { method: "GET", path: "/orders", status: 204, caller: "unreadable" },
    { method: "GET", path: "$connect", status: 101, caller: alice },
    { method: "GET", path: "/x", status: 403, refused: expect.stringContaining("another origin") as string },
  ]);
});
