import { guardedServer, mcpEvent, rpc, toolCall } from "../support/mcp.ts";

// Somebody who may read orders and refund own ones tries to run another tool, by every form of the message.

const DENIED = "deleteOrder";
const CALL = JSON.stringify(toolCall(DENIED));

/** What the server got of the body, and the status of the answer. */
async function tried(body: unknown, headers?: object) {
  const { ask, passed } = guardedServer();
  const { status } = await ask(mcpEvent(body, headers && { headers }));
  return { status, passed: passed.map(({ message }) => message) };
}

test("the policy opens some tools to the attacker, so that a denial says something", async () => {
  expect(await tried(toolCall("getOrder"))).toMatchObject({
    status: 200,
    passed: [{ method: "tools/call" }],
  });
});

describe("a body that is not one message is refused as a whole", () => {
  it.each([
    ["a batch", `[${CALL}]`],
    ["a batch with an allowed call first", `[${JSON.stringify(toolCall("getOrder"))},${CALL}]`],
    ["an empty batch", "[]"],
    ["a batch in a batch", `[[${CALL}]]`],
    ["two messages in a row", `${JSON.stringify(rpc("ping"))}\n${CALL}`],
    ["two messages as events", `data: ${CALL}\n\n`],
    ["a string with a message", JSON.stringify(CALL)],
    ["null", "null"],
    ["a comment before it", `/* */ ${CALL}`],
    ["a trailing comma", CALL.replace(/\}$/, ",}")],
    ["nesting without end", "[".repeat(500_000)],
    [
      "deep arguments",
      JSON.stringify(toolCall("getOrder", { a: "x" })).replace('"x"', `${"[".repeat(200)}${"]".repeat(200)}`),
    ],
    ["more than a mebibyte", JSON.stringify(toolCall("getOrder", { a: "x".repeat(1_100_000) }))],
  ])("%s", async (_what, body) => {
    const { status, passed } = await tried(body);
    expect([400, 413]).toContain(status);
    expect(passed).toEqual([]);
  });
});

describe("a message with two readings is refused", () => {
  const open = '"method":"ping"';
  const call = `"method":"tools/call"`;
  it.each([
    ["two methods", `{"jsonrpc":"2.0","id":1,${open},${call},"params":{"name":"${DENIED}"}}`],
    [
      "two methods, the denied one first",
      `{"jsonrpc":"2.0","id":1,${call},${open},"params":{"name":"${DENIED}"}}`,
    ],
    [
      "two methods, one spelled with an escape",
      `{"jsonrpc":"2.0","id":1,"m\\u0065thod":"tools/call",${open}}`,
    ],
    ["two names", `{"jsonrpc":"2.0","id":1,${call},"params":{"name":"getOrder","name":"${DENIED}"}}`],
    [
      "two params",
      `{"jsonrpc":"2.0","id":1,${call},"params":{"name":"getOrder"},"params":{"name":"${DENIED}"}}`,
    ],
    [
      "two owners",
      `{"jsonrpc":"2.0","id":1,${call},"params":{"name":"refundOrder","arguments":{"orderOwner":"user-1","orderOwner":"user-2"}}}`,
    ],
    ["two ids", `{"jsonrpc":"2.0","id":1,"id":2,${open}}`],
    ["`__proto__` in the message", `{"jsonrpc":"2.0","id":1,${open},"__proto__":{"method":"tools/call"}}`],
    [
      "`__proto__` in the arguments",
      `{"jsonrpc":"2.0","id":1,${call},"params":{"name":"refundOrder","arguments":{"__proto__":{"orderOwner":"user-1"}}}}`,
    ],
    ["an answer beside the method", `{"jsonrpc":"2.0","id":1,${open},"result":{}}`],
    ["a member of its own", `{"jsonrpc":"2.0","id":1,${open},"name":"${DENIED}"}`],
    ["params as a list", `{"jsonrpc":"2.0","id":1,${call},"params":["${DENIED}"]}`],
    ["another version", `{"jsonrpc":"1.0","id":1,${open}}`],
    ["no version", `{"id":1,${open}}`],
    ["a method that is not a string", `{"jsonrpc":"2.0","id":1,"method":["ping"]}`],
    ["an answer to a request that nobody sent", `{"jsonrpc":"2.0","id":1,"result":{"content":[]}}`],
  ])("%s", async (_what, body) => {
    expect(await tried(body)).toEqual({ status: 400, passed: [] });
  });
});

describe("a method is only what it is", () => {
  it.each([
    "Tools/call",
    "tools/Call",
    "TOOLS/CALL",
    "tools/call ",
    " tools/call",
    "tools/call\0",
    "tools//call",
    "/tools/call",
    "tools\\/call\\",
    "tools%2Fcall",
    "tools\u2215call",
    "tool\u017f/call",
    "tools/call/deleteOrder",
    "notifications/tools/call",
    "notifications/initialized",
  ])("%j with an id is denied", async (method) => {
    const { passed } = await tried(rpc(method, { name: DENIED }));
    expect(passed).toEqual([]);
  });

  it.each(["tools/call", "tools/list", "ping", "initialize", "notifications/cancelled/x"])(
    "%s without an id is denied: nothing would answer it",
    async (method) => {
      const note = { jsonrpc: "2.0", method, params: { name: "getOrder" } };
      expect(await tried(note)).toEqual({ status: 400, passed: [] });
    },
  );

  it.each([null, {}, [], true, 1.5, 1e300])("is not run for the id %j", async (id) => {
    expect(await tried(rpc("tools/call", { name: "getOrder" }, id))).toEqual({ status: 400, passed: [] });
  });

  it("hides no call in its parameters: the server gets `ping`, and nothing else", async () => {
    const { passed } = await tried(rpc("ping", { name: DENIED, ...toolCall(DENIED) }));
    expect(passed.map(({ method }) => method)).toEqual(["ping"]);
  });
});

describe("a name is only what it is", () => {
  it.each([
    "DeleteOrder",
    "deleteorder",
    "getOrder\0",
    "getOrder ",
    "\u200bgetOrder",
    "g\u0435tOrder",
    "\uff47etOrder",
    "getOrder\u0301",
    "getOrder/../deleteOrder",
    "Tool.getOrder",
    ".getOrder",
    "*",
    "",
    "__proto__",
    "constructor",
    "toString",
    "\ud800",
    "a".repeat(100_000),
  ])("%.20j is not a tool", async (name) => {
    expect(await tried(toolCall(name))).toEqual({ status: 403, passed: [] });
  });

  it.each([["getOrder", DENIED], [["getOrder"]], [{ toString: "getOrder" }], [null], [0]])(
    "%j is not a name",
    async (...names) => {
      const [name] = names.length > 1 ? [names] : names;
      expect(await tried(toolCall(name))).toEqual({ status: 400, passed: [] });
    },
  );

  it("is that of the body, whatever the headers say", async () => {
    expect(await tried(toolCall(DENIED), { "Mcp-Name": "getOrder" })).toEqual({ status: 400, passed: [] });
    expect(await tried(toolCall(DENIED), { "Mcp-Method": "ping" })).toEqual({ status: 400, passed: [] });
  });
});

describe("an argument is only an own string", () => {
  it.each<readonly [string, unknown]>([
    ["a list of the owner", { orderOwner: ["user-1"] }],
    ["an object with the owner", { orderOwner: { value: "user-1" } }],
    ["another case", { orderowner: "user-1" }],
    ["the owner with a blank", { orderOwner: "user-1 " }],
    ["the owner in another case", { orderOwner: "USER-1" }],
    ["a nested owner", { constructor: { prototype: { orderOwner: "user-1" } } }],
    ["null", { orderOwner: null }],
    ["the owner beside the arguments", {}],
  ])("%s opens nothing", async (_what, given) => {
    const call = rpc("tools/call", { name: "refundOrder", arguments: given, orderOwner: "user-1" });
    expect(await tried(call)).toEqual({ status: 403, passed: [] });
  });

  it("is what the tool gets: the frozen object that was decided on", async () => {
    const { passed } = await tried(toolCall("refundOrder", { orderOwner: "user-1" }));
    const given = passed[0]?.params?.["arguments"] as { orderOwner: string } | undefined;
    expect(() => {
      if (given !== undefined) given.orderOwner = "user-2";
    }).toThrow(TypeError);
    expect(given).toEqual({ orderOwner: "user-1" });
  });
});

describe("the list of another server", () => {
  it("shows none of its tools without a row, however they are named", async () => {
    const { guard } = guardedServer();
    const names = ["getOrder", "sendMail", "getorder", "__proto__", ["getOrder"], { name: "getOrder" }];
    const answer = { jsonrpc: "2.0", id: 1, result: { tools: names.map((name) => ({ name })) } };
    const { body } = await guard.handle(mcpEvent(rpc("tools/list")), () => Promise.resolve(answer));
    expect(JSON.parse(body)).toMatchObject({ result: { tools: [{ name: "getOrder" }] } });
  });
});
