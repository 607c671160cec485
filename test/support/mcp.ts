import type { Caller } from "../../src/authorizers/caller.ts";
import { encodeCaller } from "../../src/authorizers/caller.ts";
import { createMcpGuard } from "../../src/middleware/mcp/guard.ts";
import type { McpCall, McpGuardOptions } from "../../src/middleware/mcp/guard-options.ts";
import type { McpRefused } from "../../src/middleware/mcp/refusal.ts";
import { callerWith } from "./caller.ts";
import { policyFrom } from "./policy.ts";

/** The URL of the MCP server in tests. */
export const RESOURCE = "https://mcp.example.com/mcp";

/** Staff read orders; a user refunds an own order; nobody may delete one. */
export const MCP_POLICY = policyFrom(`
p, group:staff, orders:read, allow
p, role:authenticated, orders:refund, allow, {orderOwner}=sub
p, group:admins, orders:delete, allow
g2, POST /mcp, mcp:use
g2, Tool.getOrder, orders:read
g2, Tool.refundOrder, orders:refund
g2, Tool.deleteOrder, orders:delete
`);

const TOOLS = ["getOrder", "refundOrder", "deleteOrder", "undeclared"];

/** A JSON-RPC request. */
export const rpc = (method: string, params?: unknown, id: unknown = 1) => ({
  jsonrpc: "2.0",
  id,
  method,
  params,
});

/** A call of a tool. */
export const toolCall = (name: unknown, given?: unknown) => rpc("tools/call", { name, arguments: given });

/** An event of a REST API whose authorizer let the caller through. */
export function mcpEvent(
  body: unknown,
  { headers = {}, caller = {} }: { readonly headers?: object; readonly caller?: Partial<Caller> } = {},
) {
  const about = callerWith({ conditionClaims: { sub: "user-1" }, expiresAt: 4_000_000_000, ...caller });
  return {
    httpMethod: "POST",
    headers: { "Content-Type": "application/json", ...headers },
    body: typeof body === "string" ? body : JSON.stringify(body),
    requestContext: { requestId: "request-1", authorizer: encodeCaller(about) },
  };
}

/** A guard in front of a server that lists all tools, and what passed it and what did not. */
export function guardedServer(options: Partial<McpGuardOptions> = {}) {
  const passed: McpCall[] = [];
  const refused: McpRefused[] = [];
  const guard = createMcpGuard({
    policy: () => MCP_POLICY,
    resource: RESOURCE,
    onRefusal: (one) => {
      refused.push(one);
    },
    ...options,
  });
  const serve = (call: McpCall) => {
    passed.push(call);
    const { id, method } = call.message;
    const tools = TOOLS.map((name) => ({ name, inputSchema: { type: "object" } }));
    const result = method === "tools/list" ? { tools } : { method };
    return Promise.resolve({ jsonrpc: "2.0", id, result });
  };
  const ask = async (event: unknown) => {
    const { statusCode, headers, body } = await guard.handle(event, serve);
    return { status: statusCode, headers, json: body === "" ? undefined : (JSON.parse(body) as unknown) };
  };
  return { guard, serve, ask, passed, refused };
}
