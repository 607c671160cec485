import { createRestTokenAuthorizer } from "../authorizers/rest-token.ts";
import { authorizerDependencies } from "../lambda/authorizer-dependencies.ts";
import { restOptions } from "../lambda/gateway-options.ts";

/** The authorizer of a REST API: type TOKEN. */
export const handler = createRestTokenAuthorizer(
  authorizerDependencies(process.env),
  restOptions(process.env),
);
