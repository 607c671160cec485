import { restTokenAuthorizer } from "claimgate/lambda";

/** The authorizer of a REST API: type TOKEN. */
export const handler = restTokenAuthorizer();
