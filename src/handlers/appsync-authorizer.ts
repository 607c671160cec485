import { createAppSyncAuthorizer } from "../authorizers/appsync.ts";
import { authorizerDependencies } from "../runtime/authorizer-dependencies.ts";
import { appSyncOptions } from "../runtime/gateway-options.ts";

/** The authorizer of an AppSync GraphQL API. */
export const handler = createAppSyncAuthorizer(
  authorizerDependencies(process.env),
  appSyncOptions(process.env),
);
