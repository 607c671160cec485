import { createResourceMetadataHandler } from "claimgate/mcp";

export const handler = createResourceMetadataHandler({
  resource: process.env.MCP_URL ?? "",
  authorizationServers: [process.env.ISSUER ?? ""],
  scopes: ["orders-api/orders.read"],
  name: "Orders",
});
