import { httpAuthorizer } from "claimgate/lambda";

/** Decides every call of the HTTP API by the policy. */
export const handler = httpAuthorizer();
