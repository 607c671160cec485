import { restAuthorizer } from "claimgate/lambda";

/** The authorizer of a REST API: type REQUEST. */
export const handler = restAuthorizer();
