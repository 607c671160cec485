import { apisFromTemplate } from "../../../../../src/tools/gateways/apis-from-template.ts";
import type { Invocation } from "../../../../../src/tools/gateways/invoke.ts";
import { serveApis } from "../../../../../src/tools/local/gateways/api-server.ts";
import { httpApi } from "../../../../support/local-apis.ts";
import { freePort } from "../../../../support/local-stack-process.ts";

let served: Awaited<ReturnType<typeof serveApis>>;
let url: string;
let payload: unknown;

beforeEach(async () => {
  const port = await freePort();
  url = `http://127.0.0.1:${port}`;
  const apis = apisFromTemplate(
    { Resources: httpApi(["POST /orders", "GET /orders"]) },
    { region: "us-east-1", accountId: "000000000000" },
  );
  const invoke = () => Promise.resolve<Invocation>({ kind: "answered", payload });
  const seen = { request: () => undefined, upgrade: () => undefined, refused: () => undefined };
  served = await serveApis(port, Promise.resolve({ apis, invoke }), seen);
});
afterEach(() => served.stop());

test("a function does not decide how long its answer is, or what becomes of the connection", async () => {
  const headers = {
    "Content-Length": "2",
    "Transfer-Encoding": "identity",
    Connection: "upgrade",
    "X-Own": "1",
  };
  payload = { statusCode: 200, headers, body: "a longer body" };
  const response = await fetch(`${url}/orders`);
  expect(await response.text()).toBe("a longer body");
  expect(response.headers.get("x-own")).toBe("1");
});

test("an answer that HTTP cannot carry is 500, with none of its headers", async () => {
  payload = { statusCode: 200, headers: { "X-Own": "1", "X-Bad": "a\r\nSet-Cookie: b" }, body: "" };
  const response = await fetch(`${url}/orders`);
  expect(response.status).toBe(500);
  expect(await response.json()).toEqual({ message: "Internal Server Error" });
  expect([response.headers.get("x-own"), response.headers.get("content-type")]).toEqual([
    null,
    "application/json",
  ]);
});

test("a request of 10 MB is answered, and one byte more is 413", async () => {
  payload = { statusCode: 200, body: "taken" };
  const body = Buffer.alloc(10 * 1024 * 1024);
  expect((await fetch(`${url}/orders`, { method: "POST", body })).status).toBe(200);
  const larger = await fetch(`${url}/orders`, { method: "POST", body: Buffer.alloc(body.length + 1) });
  expect([larger.status, await larger.json()]).toEqual([413, { message: "Request Entity Too Large" }]);
  // The client is still sending when the limit is passed.
  const large = await fetch(`${url}/orders`, { method: "POST", body: Buffer.alloc(4 * body.length) });
  expect(large.status).toBe(413);
});
