import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { invokeAt } from "../../../../src/tools/gateways/invoke.ts";

let server: Server;
let answer: string;
let asked: number;

beforeEach(async () => {
  asked = 0;
  server = createServer((request, response) => {
    asked += 1;
    request.resume().on("end", () => response.end(answer));
  });
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
});
afterEach(() => server.close());

const invoke = (event: object) =>
  invokeAt(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)("backend", event, 10_000);

test("an event of 6 MB is passed on, and one byte more is not", async () => {
  answer = '"ok"';
  const largest = { x: "a".repeat(6 * 1024 * 1024 - '{"x":""}'.length) };
  expect(await invoke(largest)).toEqual({ kind: "answered", payload: "ok" });
  expect(await invoke({ x: `${largest.x}a` })).toEqual({ kind: "too-large" });
  expect(asked).toBe(1);
});

test("an answer that is larger than Lambda gives is an error of the function", async () => {
  answer = `"${"a".repeat(6_291_554)}"`;
  expect(await invoke({})).toMatchObject({ kind: "answered" });
  answer = `"${"a".repeat(6_291_555)}"`;
  expect(await invoke({})).toEqual({
    kind: "threw",
    message: "Response payload size exceeded maximum allowed payload size (6291556 bytes).",
  });
});
