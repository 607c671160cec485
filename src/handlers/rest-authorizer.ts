import { createRestAuthorizer } from "../authorizers/rest-request.ts";
import { authorizerDependencies } from "../runtime/authorizer-dependencies.ts";
import { restOptions } from "../runtime/gateway-options.ts";

/** The authorizer of a REST API: type REQUEST. */
export const handler = createRestAuthorizer(authorizerDependencies(process.env), restOptions(process.env));
