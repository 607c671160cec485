import { httpV1Authorizer } from "claimgate/lambda";

/** The authorizer of an HTTP API: payload format 1.0. */
export const handler = httpV1Authorizer();
