import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";

import { createRevocationTable } from "../../../src/runtime/revocation-table.ts";

// The AWS SDK as it is, over HTTP, against what DynamoDB's documentation says that it answers.

const state = { status: 200, body: {} as unknown, asked: [] as unknown[] };
let server: Server;
const before = { ...process.env };

beforeAll(async () => {
  server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      state.asked.push(JSON.parse(Buffer.concat(chunks).toString()));
      response.writeHead(state.status, { "content-type": "application/x-amz-json-1.0" });
      response.end(JSON.stringify(state.body));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  Object.assign(process.env, {
    AWS_ENDPOINT_URL_DYNAMODB: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    AWS_ACCESS_KEY_ID: "test",
    AWS_SECRET_ACCESS_KEY: "test",
    AWS_REGION: "us-east-1",
  });
});
afterAll(async () => {
  process.env = before;
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});
beforeEach(() => {
  Object.assign(state, { status: 200, body: { Responses: { list: [] }, UnprocessedKeys: {} }, asked: [] });
});

const KEYS = ["sub#pool#a", "client#pool#b", "sign-in#pool#c"];

test("all keys are asked for at once, and consistently: an entry counts from the moment it is written", async () => {
  expect(await createRevocationTable("list").find(KEYS)).toEqual([]);
  expect(state.asked).toMatchObject([
    { RequestItems: { list: { Keys: KEYS.map((key) => ({ key: { S: key } })), ConsistentRead: true } } },
  ]);
});

test.each([
  ["its time", { before: { N: "1700000000" } }, 1_700_000_000],
  ["no time, for ever", {}, undefined],
  ["a time that is no number, for ever: somebody meant to revoke", { before: { N: "1.5" } }, undefined],
  ["a time of another type, for ever", { before: { S: "1700000000" } }, undefined],
])("an entry is read with %s", async (_what, fields, time) => {
  state.body = { Responses: { list: [{ key: { S: "sub#pool#a" }, ...fields }] }, UnprocessedKeys: {} };
  expect(await createRevocationTable("list").find(KEYS)).toEqual([{ key: "sub#pool#a", before: time }]);
});

test("keys that the table did not get to are no answer", async () => {
  state.body = {
    Responses: { list: [] },
    UnprocessedKeys: { list: { Keys: [{ key: { S: "sub#pool#a" } }] } },
  };
  await expect(createRevocationTable("list").find(KEYS)).rejects.toMatchObject({
    code: "revocation_unavailable",
  });
});

test.each(["ResourceNotFoundException", "AccessDeniedException"])("%s is no answer", async (type) => {
  state.status = 400;
  state.body = { __type: `com.amazonaws.dynamodb.v20120810#${type}`, message: "no" };
  await expect(createRevocationTable("list").find(KEYS)).rejects.toMatchObject({ name: type });
});
