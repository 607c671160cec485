import { ClaimgateError } from "../../../../src/errors.ts";
import { localVerifier, tokenOf } from "../../../support/authorization.ts";
import { guardedServer, mcpEvent, RESOURCE, rpc, toolCall } from "../../../support/mcp.ts";
import { policyFrom } from "../../../support/policy.ts";

const METADATA = "https://mcp.example.com/.well-known/oauth-protected-resource/mcp";
const ask = (body: unknown, about?: Parameters<typeof mcpEvent>[1]) =>
  guardedServer().ask(mcpEvent(body, about));
const namesIn = ({ json }: { readonly json: unknown }) =>
  (json as { readonly result: { readonly tools: readonly { readonly name: string }[] } }).result.tools.map(
    ({ name }) => name,
  );

describe("a call of a tool", () => {
  it("is decided on the route of the tool, and passed on as the object that was decided on", async () => {
    const { ask: asked, passed } = guardedServer();
    const given = { orderId: "17", lines: [{ sku: "a" }] };
    expect(await asked(mcpEvent(toolCall("getOrder", given)))).toMatchObject({
      status: 200,
      json: { id: 1, result: { method: "tools/call" } },
    });
    const [call] = passed;
    expect(call).toMatchObject({ caller: { sub: "user-1" }, message: toolCall("getOrder", given) });
    expect(Object.isFrozen(call?.message)).toBe(true);
    const passedArguments = call?.message.params?.["arguments"] as typeof given | undefined;
    expect(Object.isFrozen(passedArguments?.lines[0])).toBe(true);
  });

  it("is denied with 403 and a JSON-RPC error, as for a tool that no row declares", async () => {
    const denied = await ask(toolCall("deleteOrder"));
    expect(denied).toMatchObject({
      status: 403,
      json: { id: 1, error: { code: 403, message: "Forbidden" } },
    });
    expect(denied.headers).not.toHaveProperty("www-authenticate");
    expect(await ask(toolCall("undeclared"))).toEqual(denied);
    expect(await ask(toolCall("no such tool"))).toEqual(denied);
  });

  it("compares arguments that are strings with claims", async () => {
    const statusOf = async (given: unknown) => (await ask(toolCall("refundOrder", given))).status;
    expect(await statusOf({ orderOwner: "user-1" })).toBe(200);
    expect(await statusOf({ orderOwner: "user-2" })).toBe(403);
    expect(await statusOf({ orderOwner: ["user-1"] })).toBe(403);
    expect(await statusOf({ orderOwner: { toString: "user-1" } })).toBe(403);
    expect(await statusOf({ order: { orderOwner: "user-1" } })).toBe(403);
    expect(await statusOf({})).toBe(403);
    expect(await statusOf(undefined)).toBe(403);
  });

  it("compares them as they are: nothing is decoded", async () => {
    const policy = policyFrom("p, role:authenticated, a:b, allow, {who}=sub\ng2, Tool.t, a:b\n");
    const { ask: asked } = guardedServer({ policy: () => policy });
    const caller = {
      sub: "a%20b",
      subjects: ["role:authenticated"],
      conditionClaims: { sub: "a%20b" },
    } as const;
    expect(await asked(mcpEvent(toolCall("t", { who: "a b" }), { caller }))).toMatchObject({ status: 403 });
    expect(await asked(mcpEvent(toolCall("t", { who: "a%20b" }), { caller }))).toMatchObject({ status: 200 });
  });

  it("needs a name and a map of arguments", async () => {
    for (const call of [
      toolCall(7),
      toolCall("getOrder", []),
      toolCall("getOrder", "x"),
      rpc("tools/call"),
    ]) {
      expect(await ask(call)).toMatchObject({ status: 400, json: { id: 1, error: { code: -32602 } } });
    }
  });

  it("tells an app which scope it lacks, if that is all that it lacks", async () => {
    const policy = policyFrom(`
p, group:staff, orders:read, allow
p, group:admins, orders:delete, allow
p3, client:agent, orders:read, orders-api/read
p3, client:agent, orders:delete, orders-api/delete
g2, Tool.getOrder, orders:read
g2, Tool.deleteOrder, orders:delete
`);
    const { ask: asked } = guardedServer({ policy: () => policy });
    const caller = { client: "agent" };
    const lacking = await asked(mcpEvent(toolCall("getOrder"), { caller }));
    expect(lacking).toMatchObject({
      status: 403,
      json: { error: { data: { error: "insufficient_scope", scope: "orders-api/read" } } },
    });
    expect(lacking.headers).toHaveProperty(
      "www-authenticate",
      `Bearer error="insufficient_scope", scope="orders-api/read", resource_metadata="${METADATA}"`,
    );
    const scoped = { ...caller, appScopes: ["orders-api/read"] };
    expect(await asked(mcpEvent(toolCall("getOrder"), { caller: scoped }))).toMatchObject({ status: 200 });
    // The user may not, so no scope would help.
    const denied = await asked(mcpEvent(toolCall("deleteOrder"), { caller }));
    expect(denied.status).toBe(403);
    expect(denied.headers).not.toHaveProperty("www-authenticate");
  });

  it("asks for a new sign-in where that would help", async () => {
    const policy = policyFrom(
      "p, group:staff, orders:refund, allow, max_age=300\ng2, Tool.refundOrder, orders:refund\n",
    );
    const { ask: asked } = guardedServer({ policy: () => policy, now: () => 1_000 });
    const call = (authTime: number) =>
      asked(mcpEvent(toolCall("refundOrder"), { caller: { authTime, expiresAt: 2_000 } }));
    expect(await call(900)).toMatchObject({ status: 200 });
    const old = await call(600);
    expect(old).toMatchObject({ status: 401, json: { error: { data: { max_age: 300 } } } });
    expect(old.headers).toHaveProperty(
      "www-authenticate",
      expect.stringContaining('error="insufficient_user_authentication"'),
    );
  });

  it("does not run if it cannot be recorded", async () => {
    const { ask: asked, passed } = guardedServer({
      onCall: () => {
        throw new Error("the disk is full");
      },
    });
    await expect(asked(mcpEvent(toolCall("getOrder")))).rejects.toThrow("the disk is full");
    expect(passed).toEqual([]);
  });
});

describe("the list of tools", () => {
  it("has those that some arguments could open, and never one without a row", async () => {
    expect(namesIn(await ask(rpc("tools/list")))).toEqual(["getOrder", "refundOrder"]);
    const admin = { subjects: ["role:authenticated", "group:admins"] } as const;
    expect(namesIn(await ask(rpc("tools/list"), { caller: admin }))).toEqual(["refundOrder", "deleteOrder"]);
    // No argument equals a claim that the token does not have.
    expect(namesIn(await ask(rpc("tools/list"), { caller: { conditionClaims: {} } }))).toEqual(["getOrder"]);
  });

  it("keeps the rest of the answer, except that all may share it", async () => {
    const { guard } = guardedServer();
    const result = {
      tools: [{ name: "getOrder" }, { name: 7 }, null],
      nextCursor: "n",
      cacheScope: "public",
    };
    const { body } = await guard.handle(mcpEvent(rpc("tools/list")), () =>
      Promise.resolve({ jsonrpc: "2.0", id: 1, result }),
    );
    expect(JSON.parse(body)).toEqual({
      jsonrpc: "2.0",
      id: 1,
      result: { tools: [{ name: "getOrder" }], nextCursor: "n", cacheScope: "private" },
    });
  });

  it("passes on an error of the server, and nothing that is neither an error nor a list", async () => {
    const { guard } = guardedServer();
    const answering = (answer: unknown) =>
      guard.handle(mcpEvent(rpc("tools/list")), () => Promise.resolve(answer));
    const error = { jsonrpc: "2.0", id: 1, error: { code: -32603, message: "broken" } };
    expect(JSON.parse((await answering(error)).body)).toEqual(error);
    for (const answer of [undefined, [], { result: {} }, { result: { tools: {} } }, { error: "no" }]) {
      await expect(answering(answer)).rejects.toThrow(TypeError);
    }
  });
});

describe("an emergency stop", () => {
  const stopping = (...permissions: readonly string[]) => {
    const stop = () => Promise.resolve({ stopped: permissions.map((permission) => ({ permission })) });
    return guardedServer({ stop });
  };

  it("of the permission of a tool denies its calls, and takes it out of the list", async () => {
    const { ask: asked, refused } = stopping("orders:read");
    expect(await asked(mcpEvent(toolCall("getOrder")))).toMatchObject({
      status: 403,
      json: { error: { message: "Forbidden" } },
    });
    expect(refused).toMatchObject([{ refusal: "stopped" }]);
    expect(namesIn(await asked(mcpEvent(rpc("tools/list"))))).toEqual(["refundOrder"]);
    expect(await asked(mcpEvent(toolCall("refundOrder", { orderOwner: "user-1" })))).toMatchObject({
      status: 200,
    });
  });

  it.each(["ping", "initialize", "tools/list", "tools/call"])("of everything denies %s", async (method) => {
    const { ask: asked, passed } = stopping("*");
    expect(await asked(mcpEvent(rpc(method, { name: "getOrder" })))).toMatchObject({ status: 403 });
    expect(passed).toEqual([]);
  });

  it("that the verification of the token found counts as well", async () => {
    const token = {
      ...(await localVerifier().verify(tokenOf("alice", { aud: RESOURCE }))),
      stop: { stopped: undefined },
    };
    expect(
      await guardedServer({ verify: () => Promise.resolve(token) }).ask(mcpEvent(rpc("ping"))),
    ).toMatchObject({
      status: 403,
    });
  });

  it("that cannot be read is an error, and not an allow", async () => {
    const outage = new ClaimgateError("revocation_unavailable", "no table");
    const { ask: asked, passed } = guardedServer({ stop: () => Promise.reject(outage) });
    await expect(asked(mcpEvent(toolCall("getOrder")))).rejects.toBe(outage);
    expect(passed).toEqual([]);
  });
});

describe("every other message", () => {
  it.each(["initialize", "ping", "server/discover"])("%s is open to every caller", async (method) => {
    expect(await ask(rpc(method), { caller: { subjects: ["role:authenticated"] } })).toMatchObject({
      status: 200,
      json: { id: 1, result: { method } },
    });
  });

  it.each(["initialized", "cancelled", "progress"])("notifications/%s is accepted", async (name) => {
    const { ask: asked, passed } = guardedServer();
    const message = { jsonrpc: "2.0", method: `notifications/${name}`, params: {} };
    expect(await asked(mcpEvent(message))).toMatchObject({ status: 202, json: undefined });
    expect(passed).toHaveLength(1);
  });

  it.each([
    "resources/list",
    "resources/read",
    "resources/templates/list",
    "resources/subscribe",
    "prompts/list",
    "prompts/get",
    "completion/complete",
    "sampling/createMessage",
    "elicitation/create",
    "roots/list",
    "logging/setLevel",
    "tasks/result",
    "subscriptions/listen",
    "constructor",
    "__proto__",
    "",
  ])("%s is denied, and never reaches the server", async (method) => {
    const { ask: asked, passed, refused } = guardedServer();
    const admin = { subjects: ["role:authenticated", "group:admins"] } as const;
    expect(await asked(mcpEvent(rpc(method), { caller: admin }))).toMatchObject({
      status: 200,
      json: { id: 1, error: { code: -32601, message: "Method not found" } },
    });
    expect(passed).toEqual([]);
    expect(refused).toMatchObject([{ refusal: "method_denied", message: { method } }]);
  });

  it("that is denied is 404 for clients of MCP 2026-07-28", async () => {
    const headers = { "MCP-Protocol-Version": "2026-07-28" };
    expect(await ask(rpc("prompts/list"), { headers })).toMatchObject({ status: 404 });
  });
});
