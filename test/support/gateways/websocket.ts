import { createWebsocketAuthorizer } from "../../../src/authorizers/websocket.ts";
import { connectEvent } from "../authorization.ts";
import type { GatewayDefinition } from "./gateway.ts";

export const websocket: GatewayDefinition = {
  title: "WebSocket API",
  functionName: "websocketAuthorizer",
  says401: true,
  hasPaths: false,
  hasHeaders: true,
  eventOf: ({ authorization }) => connectEvent({ multiValueHeaders: { Authorization: authorization } }),
  authorizers: [
    (deps) => createWebsocketAuthorizer(deps, "header"),
    (deps) => createWebsocketAuthorizer(deps, "subprotocol"),
    (deps) => createWebsocketAuthorizer(deps, "query"),
  ],
};
