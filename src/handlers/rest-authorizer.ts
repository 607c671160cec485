import { createRestAuthorizer } from "../authorizers/rest-request.ts";
import { authorizerDependencies } from "../runtime/authorizer-dependencies.ts";

/** The authorizer of the REST API: type REQUEST. */
export const handler = createRestAuthorizer(authorizerDependencies(process.env));
