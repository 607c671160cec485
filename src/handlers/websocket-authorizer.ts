import { createWebsocketAuthorizer } from "../authorizers/websocket.ts";
import { authorizerDependencies } from "../lambda/authorizer-dependencies.ts";
import { tokenPlace } from "../lambda/gateway-options.ts";

/** The authorizer of a WebSocket API, called on `$connect`. */
export const handler = createWebsocketAuthorizer(
  authorizerDependencies(process.env),
  tokenPlace(process.env),
);
