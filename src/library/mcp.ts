// claimgate/mcp: guard the tools of an MCP server. docs/mcp.md

export { type Caller, type CallerContext, type CallerMode, readCaller } from "../authorizers/caller.ts";
export type { EmergencyStop } from "../authorizers/emergency-stop.ts";
export { createMcpGuard, type McpGuard } from "../middleware/mcp/guard.ts";
export type { McpCall, McpGuardOptions, McpServe } from "../middleware/mcp/guard-options.ts";
export type { McpId, McpMessage } from "../middleware/mcp/message.ts";
export type { McpRefusal, McpRefused } from "../middleware/mcp/refusal.ts";
export {
  createResourceMetadataHandler,
  type McpAnswer,
  type ResourceMetadata,
  type ResourceMetadataOptions,
  resourceMetadataUrl,
} from "../middleware/mcp/resource.ts";
