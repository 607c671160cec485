import { httpPolicyAuthorizer } from "claimgate/lambda";

/** The authorizer of an HTTP API: payload format 2.0, IAM policy. */
export const handler = httpPolicyAuthorizer();
