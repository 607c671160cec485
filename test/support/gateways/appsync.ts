import { createAppSyncAuthorizer } from "../../../src/authorizers/appsync.ts";
import { appSyncEvent, nowSeconds } from "../authorization.ts";
import { type GatewayDefinition, tokenIn } from "./gateway.ts";

export const appSync: GatewayDefinition = {
  title: "AppSync",
  functionName: "appSyncAuthorizer",
  says401: false,
  hasPaths: false,
  hasHeaders: false,
  eventOf: (attempt) => appSyncEvent(tokenIn(attempt)),
  authorizers: [
    (deps) => createAppSyncAuthorizer(deps, { ttl: 0, now: nowSeconds }),
    (deps) => createAppSyncAuthorizer(deps, { ttl: 60, now: nowSeconds }),
  ],
};
