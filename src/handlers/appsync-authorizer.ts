import { appSyncAuthorizer } from "claimgate/lambda";

/** The authorizer of an AppSync GraphQL API. */
export const handler = appSyncAuthorizer();
