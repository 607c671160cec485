import { createHttpPolicyAuthorizer } from "../authorizers/http-policy.ts";
import { authorizerDependencies } from "../lambda/authorizer-dependencies.ts";

/** The authorizer of an HTTP API: payload format 2.0, IAM policy. */
export const handler = createHttpPolicyAuthorizer(authorizerDependencies(process.env));
