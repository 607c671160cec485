import { createRestTokenAuthorizer } from "../authorizers/rest-token.ts";
import { authorizerDependencies } from "../runtime/authorizer-dependencies.ts";
import { restOptions } from "../runtime/gateway-options.ts";

/** The authorizer of a REST API: type TOKEN. */
export const handler = createRestTokenAuthorizer(
  authorizerDependencies(process.env),
  restOptions(process.env),
);
