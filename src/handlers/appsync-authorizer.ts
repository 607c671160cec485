import { createAppSyncAuthorizer } from "../authorizers/appsync.ts";
import { authorizerDependencies } from "../lambda/authorizer-dependencies.ts";
import { appSyncOptions } from "../lambda/gateway-options.ts";

/** The authorizer of an AppSync GraphQL API. */
export const handler = createAppSyncAuthorizer(
  authorizerDependencies(process.env),
  appSyncOptions(process.env),
);
