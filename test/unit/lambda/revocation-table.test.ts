import { emergencyStop } from "../../../src/lambda/emergency-stop.ts";
import { withRevocation } from "../../../src/lambda/revocation-configuration.ts";
import { createRevocationTable } from "../../../src/lambda/revocation-table.ts";
import type { VerifiedToken } from "../../../src/token/verified-token.ts";
import { answerDynamoDb } from "../../support/dynamodb.ts";

// The AWS SDK as it is, over HTTP, against what DynamoDB's documentation says that it answers.

const state = { status: 200, body: {} as unknown, asked: [] as unknown[] };

answerDynamoDb((_action, input) => {
  state.asked.push(input);
  return state;
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

const TOKEN = { userPoolId: "pool", sub: "a", clientId: "b", claims: {} } as unknown as VerifiedToken;

test("the emergency stop is read along with the entries about a token, in one call", async () => {
  const stops = { M: { "orders:refund": { M: { by: { S: "ada" }, at: { S: "now" }, reason: { S: "x" } } } } };
  state.body = { Responses: { list: [{ key: { S: "emergency-stop" }, stops }] }, UnprocessedKeys: {} };
  const write = jest.spyOn(process.stdout, "write").mockReturnValue(true);
  const verify = withRevocation({ CLAIMGATE_REVOCATION_TABLE: "list" }, () => Promise.resolve(TOKEN));
  const stopped = [{ permission: "orders:refund", by: "ada", at: "now", reason: "x" }];
  const asked = [await verify("a.b.c"), await verify("a.b.c")];
  const lines = write.mock.calls.map(([line]) => JSON.parse(String(line)) as object);
  write.mockRestore();
  expect(asked).toEqual([
    { ...TOKEN, stop: { stopped } },
    { ...TOKEN, stop: { stopped } },
  ]);
  const keys = ["sub#pool#a", "client#pool#b", "emergency-stop"].map((key) => ({ key: { S: key } }));
  expect(state.asked).toMatchObject([
    { RequestItems: { list: { Keys: keys } } },
    { RequestItems: { list: { Keys: keys } } },
  ]);
  // Once for both requests.
  expect(lines).toMatchObject([{ level: "warn", kind: "emergency-stop", added: ["orders:refund"], stopped }]);
});

test("without a table nothing is read, and the token is what was verified", async () => {
  expect(await withRevocation({}, () => Promise.resolve(TOKEN))("a.b.c")).toBe(TOKEN);
  expect(state.asked).toEqual([]);
});

describe("a backend reads the emergency stop", () => {
  test("by itself, for its own checks", async () => {
    state.body = { Responses: { list: [{ key: { S: "emergency-stop" } }] }, UnprocessedKeys: {} };
    const stop = emergencyStop({ environment: { CLAIMGATE_REVOCATION_TABLE: "list" } });
    expect(await stop()).toEqual({ stopped: undefined });
    expect(state.asked).toMatchObject([
      { RequestItems: { list: { Keys: [{ key: { S: "emergency-stop" } }], ConsistentRead: true } } },
    ]);
  });

  test("and fails if the table cannot be read, rather than stopping nothing", async () => {
    state.body = {};
    await expect(
      emergencyStop({ environment: { CLAIMGATE_REVOCATION_TABLE: "list" } })(),
    ).rejects.toMatchObject({ code: "revocation_unavailable" });
  });

  test("where there is no table, nothing is ever stopped", async () => {
    expect(await emergencyStop({ environment: {} })()).toBeUndefined();
  });
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

test("keys that the table did not get to are not an answer", async () => {
  state.body = {
    Responses: { list: [] },
    UnprocessedKeys: { list: { Keys: [{ key: { S: "sub#pool#a" } }] } },
  };
  await expect(createRevocationTable("list").find(KEYS)).rejects.toMatchObject({
    code: "revocation_unavailable",
  });
});

test.each(["ResourceNotFoundException", "AccessDeniedException"])("%s is not an answer", async (type) => {
  state.status = 400;
  state.body = { __type: `com.amazonaws.dynamodb.v20120810#${type}`, message: "no" };
  await expect(createRevocationTable("list").find(KEYS)).rejects.toMatchObject({ name: type });
});

const ITEM = { key: { S: "sub#pool#a" } };

test.each<[string, object]>([
  ["that is empty", {}],
  ["without responses", { UnprocessedKeys: {} }],
  ["with no table at all", { Responses: {} }],
  ["under the table's ARN", { Responses: { "arn:aws:dynamodb:us-east-1:111122223333:table/list": [ITEM] } }],
  ["under another name", { Responses: { List: [ITEM] } }],
  ["that has no list for the table", { Responses: { list: null } }],
  ["with an empty entry", { Responses: { list: [{}] } }],
  ["with an entry without the key", { Responses: { list: [{ before: { N: "1700000000" } }] } }],
  ["with a key of another type", { Responses: { list: [{ key: { N: "1" } }] } }],
  ["with the entry of another key", { Responses: { list: [{ key: { S: "sub#pool#b" } }] } }],
])("an answer %s is an error, rather than nothing revoked", async (_what, body) => {
  state.body = body;
  await expect(createRevocationTable("list").find(KEYS)).rejects.toMatchObject({
    code: "revocation_unavailable",
  });
});

test("a table that is named like a member of every object has to be named by the answer all the same", async () => {
  state.body = { Responses: {}, UnprocessedKeys: {} };
  await expect(createRevocationTable("constructor").find(KEYS)).rejects.toMatchObject({
    code: "revocation_unavailable",
  });
});

test.each([
  ["closed", { error: "revocation_unavailable", lines: 0 }],
  ["open", { error: undefined, lines: 1 }],
])("what becomes of the request then is what is configured: %s", async (onFailure, expected) => {
  state.body = {};
  const write = jest.spyOn(process.stdout, "write").mockReturnValue(true);
  const token = { userPoolId: "pool", sub: "a", clientId: "b", claims: {} } as unknown as VerifiedToken;
  const env = { CLAIMGATE_REVOCATION_TABLE: "list", CLAIMGATE_REVOCATION_ON_FAILURE: onFailure };
  const verify = withRevocation(env, () => Promise.resolve(token));
  const error: unknown = await verify("a.b.c").then(
    () => undefined,
    (reason: unknown) => reason,
  );
  const lines = write.mock.calls.map(
    ([line]) => JSON.parse(String(line)) as Readonly<Record<string, string>>,
  );
  write.mockRestore();
  expect({ error: (error as { code?: string } | undefined)?.code, lines: lines.length }).toEqual(expected);
  for (const line of lines) {
    expect(line).toMatchObject({
      level: "error",
      kind: "revocation-not-checked",
      code: "revocation_unavailable",
    });
    expect(line["cause"]).toMatch(/does not name the requested table/);
  }
});
