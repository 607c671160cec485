import { createHttpAuthorizer } from "../authorizers/http.ts";
import { authorizerDependencies } from "../lambda/authorizer-dependencies.ts";

/** The authorizer of the HTTP API: payload format 2.0, simple responses. */
export const handler = createHttpAuthorizer(authorizerDependencies(process.env));
