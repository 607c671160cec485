import { ClaimgateError } from "../../../../src/errors.ts";
import type { VerifiedToken } from "../../../../src/token/verified-token.ts";
import { localVerifier, nowSeconds, tokenOf } from "../../../support/authorization.ts";
import { guardedServer, MCP_POLICY, mcpEvent, RESOURCE, rpc, toolCall } from "../../../support/mcp.ts";
import { policyFrom } from "../../../support/policy.ts";

const METADATA = "https://mcp.example.com/.well-known/oauth-protected-resource/mcp";
const ask = (body: unknown, about?: Parameters<typeof mcpEvent>[1]) =>
  guardedServer().ask(mcpEvent(body, about));

describe("the HTTP request", () => {
  it.each([
    ["a GET", { httpMethod: "GET" }, 405],
    ["a DELETE", { httpMethod: "DELETE" }, 405],
    ["another type", { headers: { "content-type": "text/plain" } }, 415],
    ["no type", { headers: {} }, 415],
    [
      "another origin",
      { headers: { "content-type": "application/json", origin: "https://evil.example" } },
      403,
    ],
    ["a body that is not UTF-8", { body: "/w==", isBase64Encoded: true }, 400],
    ["a body of more than the limit", { body: `"${"a".repeat(1_048_576)}"` }, 413],
    ["no body", { body: null }, 400],
  ])("with %s is refused", async (_what, changes, status) => {
    const { ask: asked, passed, refused } = guardedServer();
    expect(await asked({ ...mcpEvent(rpc("ping")), ...changes })).toMatchObject({ status });
    expect(passed).toEqual([]);
    expect(refused).toHaveLength(1);
  });

  it("may be one of an HTTP API, in Base64, or of a listed origin", async () => {
    const { ask: asked } = guardedServer({ origins: ["https://app.example.com"] });
    const {
      httpMethod: _,
      requestContext,
      ...event
    } = mcpEvent(rpc("ping"), {
      headers: { origin: "https://app.example.com" },
    });
    const { authorizer } = requestContext;
    expect(
      await asked({
        ...event,
        version: "2.0",
        body: Buffer.from(event.body).toString("base64"),
        isBase64Encoded: true,
        requestContext: { http: { method: "POST" }, authorizer: { lambda: authorizer } },
      }),
    ).toMatchObject({ status: 200 });
  });

  it("says in its headers what its body says", async () => {
    const call = toolCall("getOrder");
    const withHeaders = async (headers: object) => (await ask(call, { headers })).status;
    expect(await withHeaders({ "Mcp-Method": "tools/call", "Mcp-Name": "getOrder" })).toBe(200);
    expect(await withHeaders({ "Mcp-Name": "=?base64?Z2V0T3JkZXI=?=" })).toBe(200);
    expect(await withHeaders({ "Mcp-Method": "ping" })).toBe(400);
    expect(await withHeaders({ "Mcp-Name": "refundOrder" })).toBe(400);
    expect(await ask(call, { headers: { "Mcp-Name": "x" } })).toMatchObject({
      json: { error: { code: -32020 } },
    });
  });

  it("may be a web-standard one", async () => {
    const { guard, serve } = guardedServer();
    const event = mcpEvent("");
    const fetched = (body: string, method = "POST") => {
      const headers = { "content-type": "application/json; charset=utf-8" };
      const request = new Request(RESOURCE, { method, headers, ...(method === "POST" ? { body } : {}) });
      return guard.fetch(request, serve, event);
    };
    const answer = await fetched(JSON.stringify(toolCall("getOrder")));
    expect([answer.status, await answer.json()]).toMatchObject([200, { result: { method: "tools/call" } }]);
    expect((await fetched(JSON.stringify(toolCall("deleteOrder")))).status).toBe(403);
    expect((await fetched("a".repeat(1_100_000))).status).toBe(413);
    expect((await fetched("", "GET")).status).toBe(405);
    const note = await fetched(JSON.stringify({ jsonrpc: "2.0", method: "notifications/initialized" }));
    expect([note.status, await note.text()]).toEqual([202, ""]);
  });
});

describe("a body that a client sends slowly", () => {
  const slowly = (options: Parameters<typeof guardedServer>[0], meanwhile: () => void) => {
    const { guard, serve, passed } = guardedServer(options);
    const pull = (controller: ReadableStreamDefaultController<Uint8Array>) => {
      meanwhile();
      controller.enqueue(Buffer.from(JSON.stringify(toolCall("getOrder"))));
      controller.close();
    };
    const body = new ReadableStream<Uint8Array>({ pull }, { highWaterMark: 0 });
    const headers = { "content-type": "application/json" };
    const request = new Request(RESOURCE, { method: "POST", headers, body, duplex: "half" } as RequestInit);
    return { passed, answer: () => guard.fetch(request, serve, mcpEvent("")) };
  };

  it("does not run a tool for a token that expires meanwhile", async () => {
    let time = 1_000;
    const { answer, passed } = slowly({ now: () => time }, () => {
      time = 5_000_000_000;
    });
    expect((await answer()).status).toBe(401);
    expect(passed).toEqual([]);
  });

  it("does not run a tool that a policy closes meanwhile", async () => {
    let rows = MCP_POLICY;
    const { answer, passed } = slowly({ policy: () => rows }, () => {
      rows = policyFrom("p, group:admins, orders:read, allow\ng2, Tool.getOrder, orders:read\n");
    });
    expect((await answer()).status).toBe(403);
    expect(passed).toEqual([]);
  });

  it("is complete before the token is verified, and with it revocations and the stop", async () => {
    const order: string[] = [];
    const verify = () => {
      order.push("verified");
      return Promise.reject(new ClaimgateError("token_revoked", "the token was revoked"));
    };
    const { answer } = slowly({ verify }, () => order.push("sent"));
    expect((await answer()).status).toBe(401);
    expect(order).toEqual(["sent", "verified"]);
  });
});

describe("the caller", () => {
  it("is that of the authorizer's context, and without one the answer says where to get a token", async () => {
    const { ask: asked, refused } = guardedServer({ scopes: ["orders-api/read"] });
    const answer = await asked({ ...mcpEvent(rpc("ping")), requestContext: {} });
    expect(answer.status).toBe(401);
    expect(answer.headers).toHaveProperty(
      "www-authenticate",
      `Bearer resource_metadata="${METADATA}", scope="orders-api/read"`,
    );
    expect(refused).toMatchObject([{ refusal: "caller_missing" }]);
  });

  it("is asked for whatever the request is, so that clients can find the user pool", async () => {
    const { ask: asked } = guardedServer();
    for (const changes of [{ httpMethod: "GET" }, { headers: {} }, { body: "" }]) {
      expect(await asked({ ...mcpEvent(rpc("ping")), ...changes, requestContext: {} })).toMatchObject({
        status: 401,
      });
    }
  });

  it("whose token has expired since is refused", async () => {
    const answer = await guardedServer({ now: () => 5_000_000_000 }).ask(mcpEvent(rpc("ping")));
    expect(answer.status).toBe(401);
    expect(answer.headers).toHaveProperty(
      "www-authenticate",
      expect.stringContaining('error="invalid_token"'),
    );
  });

  it("was decided by the same policy, if `strict` is set", async () => {
    const { ask: asked } = guardedServer({ strict: true });
    expect(await asked(mcpEvent(rpc("ping")))).toMatchObject({ status: 403 });
    const caller = { policyVersion: MCP_POLICY.version };
    expect(await asked(mcpEvent(rpc("ping"), { caller }))).toMatchObject({ status: 200 });
  });

  describe("whose token the guard verifies", () => {
    const verifier = localVerifier();
    const verify = (event: unknown): Promise<VerifiedToken> => {
      const { headers } = event as { readonly headers: { readonly authorization?: string } };
      const token = headers.authorization;
      if (token === undefined) return Promise.reject(new ClaimgateError("token_missing", "no token"));
      return verifier.verify(token);
    };
    const asked = (token?: string) => {
      const headers = { "content-type": "application/json", ...(token && { authorization: token }) };
      const server = guardedServer({ verify });
      return server.ask({ httpMethod: "POST", headers, body: JSON.stringify(rpc("ping")) });
    };

    it("is accepted with this server in `aud`", async () => {
      expect(await asked(tokenOf("alice", { aud: RESOURCE }))).toMatchObject({ status: 200 });
      expect(await asked(tokenOf("alice", { aud: ["https://other.example", RESOURCE] }))).toMatchObject({
        status: 200,
      });
    });

    it.each([
      ["no audience", () => tokenOf("alice")],
      ["another audience", () => tokenOf("alice", { aud: `${RESOURCE}/` })],
      ["an audience that is not a name", () => tokenOf("alice", { aud: [{}] as never })],
      ["an expiry that is over", () => tokenOf("alice", { aud: RESOURCE, exp: nowSeconds() - 1 })],
      ["no signature", () => tokenOf("alice", { aud: RESOURCE }).replace(/\.[^.]*$/, ".")],
    ])("is 401 with %s", async (_what, token) => {
      const answer = await asked(token());
      expect(answer.status).toBe(401);
      expect(answer.headers).toHaveProperty(
        "www-authenticate",
        `Bearer error="invalid_token", resource_metadata="${METADATA}"`,
      );
    });

    it("is 401 without an error if it is missing", async () => {
      expect((await asked()).headers).toHaveProperty(
        "www-authenticate",
        `Bearer resource_metadata="${METADATA}"`,
      );
    });

    it("is an error if it cannot be verified, and not a denial", async () => {
      const outage = new ClaimgateError("keys_unavailable", "no network");
      const server = guardedServer({ verify: () => Promise.reject(outage) });
      await expect(server.ask(mcpEvent(rpc("ping")))).rejects.toBe(outage);
      expect(server.passed).toEqual([]);
    });
  });
});

describe("the URL of the server", () => {
  it.each([
    ["https://mcp.example.com", "write `https://mcp.example.com/`"],
    ["https://MCP.example.com/mcp", "write `https://mcp.example.com/mcp`"],
    ["https://mcp.example.com/mcp?a=b", "write `https://mcp.example.com/mcp`"],
    ["https://mcp.example.com/mcp#a", "write `https://mcp.example.com/mcp`"],
    ["http://mcp.example.com/mcp", "expected the https URL"],
    ["mcp.example.com", "expected the https URL"],
  ])("is not `%s`, which clients spell otherwise", (resource, message) => {
    expect(() => guardedServer({ resource })).toThrow(message);
  });

  it("may be one of this machine", () => {
    expect(() => guardedServer({ resource: "http://localhost:3000/mcp" })).not.toThrow();
  });
});
