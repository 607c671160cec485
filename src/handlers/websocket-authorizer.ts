import { createWebsocketAuthorizer } from "../authorizers/websocket.ts";
import { authorizerDependencies } from "../lambda/authorizer-dependencies.ts";
import { tokenPlace } from "../lambda/gateway-options.ts";

/** The authorizer of a WebSocket API, asked when somebody connects. */
export const handler = createWebsocketAuthorizer(
  authorizerDependencies(process.env),
  tokenPlace(process.env),
);
