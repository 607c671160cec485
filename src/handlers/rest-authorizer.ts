import { createRestAuthorizer } from "../authorizers/rest-request.ts";
import { authorizerDependencies } from "../lambda/authorizer-dependencies.ts";
import { restOptions } from "../lambda/gateway-options.ts";

/** The authorizer of a REST API: type REQUEST. */
export const handler = createRestAuthorizer(authorizerDependencies(process.env), restOptions(process.env));
