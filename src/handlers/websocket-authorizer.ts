import { createWebsocketAuthorizer } from "../authorizers/websocket.ts";
import { authorizerDependencies } from "../runtime/authorizer-dependencies.ts";
import { websocketTokenPlace } from "../runtime/gateway-options.ts";

/** The authorizer of a WebSocket API, asked when somebody connects. */
export const handler = createWebsocketAuthorizer(
  authorizerDependencies(process.env),
  websocketTokenPlace(process.env),
);
