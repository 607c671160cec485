import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { WebStandardStreamableHTTPServerTransport } from "@modelcontextprotocol/sdk/server/webStandardStreamableHttp.js";
import type { McpCall } from "claimgate/mcp";
import { z } from "zod";

/** The names of the tools below. */
export const tools = ["getOrder", "refundOrder"];

const text = (words: string) => ({ content: [{ type: "text" as const, text: words }] });

function createServer(sub: string): McpServer {
  const server = new McpServer({ name: "orders", version: "1.0.0" });
  server.registerTool(
    "getOrder",
    { description: "Look an order up", inputSchema: { orderId: z.string() } },
    ({ orderId }) => text(`order ${orderId} is paid`),
  );
  server.registerTool(
    "refundOrder",
    {
      description: "Refund an order of somebody else",
      // The policy compares the owner with the caller. A real tool also looks up whose order it is.
      inputSchema: { orderId: z.string(), orderOwner: z.string() },
    },
    ({ orderId, orderOwner }) => text(`${sub} refunded order ${orderId} of ${orderOwner}`),
  );
  return server;
}

/** The JSON-RPC response to a message, by a server without a session: each message has one of its own. */
export async function answer({ message, caller }: McpCall): Promise<unknown> {
  const server = createServer(caller.sub);
  const transport = new WebStandardStreamableHTTPServerTransport({ enableJsonResponse: true });
  await server.connect(transport);
  const headers = { "content-type": "application/json", accept: "application/json, text/event-stream" };
  const request = new Request("http://localhost/mcp", { method: "POST", headers });
  try {
    // The object that was decided on: the body is not parsed again.
    const response = await transport.handleRequest(request, { parsedBody: message });
    return response.status === 202 ? undefined : await response.json();
  } finally {
    await server.close();
  }
}
