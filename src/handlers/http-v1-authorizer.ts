import { createHttpV1Authorizer } from "../authorizers/http-v1.ts";
import { authorizerDependencies } from "../lambda/authorizer-dependencies.ts";

/** The authorizer of an HTTP API: payload format 1.0. */
export const handler = createHttpV1Authorizer(authorizerDependencies(process.env));
