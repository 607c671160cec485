import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { isNativeError } from "node:util/types";
import { MessageChannel, Worker } from "node:worker_threads";
import { noticeFailures } from "../../../../../src/tools/local/gateways/failed-authorizers.ts";
import { guardServers } from "../../../../../src/tools/local/gateways/guard-servers.ts";

/** A function as serverless-offline runs it: in a thread, and the answer comes over a port of the message. */
const FUNCTION = `
  const { parentPort } = require("node:worker_threads");
  parentPort.on("message", ({ event, port }) => {
    port.postMessage(event.throws === undefined ? event.answer : new Error(event.throws));
    port.close();
  });
`;

let worker: Worker;
let server: Server;
let undo: readonly (() => void)[];

function invoke(event: object): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const { port1, port2 } = new MessageChannel();
    port1.once("message", (value: unknown) => {
      port1.close();
      if (isNativeError(value)) reject(value);
      else resolve(value);
    });
    worker.postMessage({ event, port: port2 }, [port2]);
  });
}

beforeAll(async () => {
  worker = new Worker(FUNCTION, { eval: true });
  // As serverless-offline answers: 401 whatever an authorizer throws.
  server = createServer((request, response) => {
    const event = JSON.parse(String(request.headers["x-event"])) as object;
    const answer = (status: number, body: string) => {
      response.setHeader("content-length", Buffer.byteLength(body));
      response.setHeader("vary", "origin");
      response.writeHead(status);
      response.write(body);
      response.end();
    };
    invoke(event).then(
      (value) => answer(Number(value), "answered"),
      () => answer(401, '{"message":"Unauthorized"}'),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  undo = [guardServers({ apiPort: portOf(server), origins: [] }), noticeFailures()];
});

afterAll(async () => {
  for (const one of undo) one();
  server.close();
  await worker.terminate();
});

const portOf = (of: Server) => (of.address() as AddressInfo).port;

async function ask(event: object): Promise<readonly [number, string, string | null]> {
  const response = await fetch(`http://127.0.0.1:${portOf(server)}/`, {
    headers: { "x-event": JSON.stringify(event) },
  });
  return [response.status, await response.text(), response.headers.get("vary")];
}

test.each([
  [
    "that fails",
    { throws: "the policy is not valid" },
    [500, '{"message":"Internal Server Error"}', "origin"],
  ],
  ["that refuses the token", { throws: "Unauthorized" }, [401, '{"message":"Unauthorized"}', "origin"]],
  ["whose function itself answers 401", { answer: 401 }, [401, "answered", "origin"]],
  ["that allows", { answer: 200 }, [200, "answered", "origin"]],
])("an authorizer %s", async (_what, event, expected) => {
  expect(await ask(event)).toEqual(expected);
});

test("a failure affects its own request only", async () => {
  const statuses = await Promise.all(
    [{ throws: "boom" }, { throws: "Unauthorized" }, { throws: "boom" }, { answer: 200 }].map(ask),
  );
  expect(statuses.map(([status]) => status)).toEqual([500, 401, 500, 200]);
});
