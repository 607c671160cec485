import { currentPolicy, log } from "claimgate/lambda";
import { createMcpGuard } from "claimgate/mcp";
import { answer, tools } from "./server.js";

const guard = createMcpGuard({
  policy: currentPolicy,
  resource: process.env.MCP_URL ?? "",
  onCall: ({ message, caller }) =>
    log("info", "tool-called", { tool: message.params?.name, sub: caller.sub, client: caller.client }),
  onRefusal: ({ refusal, message, decision }) =>
    log("warn", "mcp-refused", { refusal, method: message?.method, reason: decision?.reason }),
});
// A tool without a row, or a row without a tool: the function does not start.
guard.check(tools);

export const handler = (event: unknown) => guard.handle(event, answer);
