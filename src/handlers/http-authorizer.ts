import { httpAuthorizer } from "claimgate/lambda";

/** The authorizer of the HTTP API: payload format 2.0, simple responses. */
export const handler = httpAuthorizer();
