import { restAuthorizer } from "claimgate/lambda";

/** Decides every call of the REST API by the policy. */
export const handler = restAuthorizer();
