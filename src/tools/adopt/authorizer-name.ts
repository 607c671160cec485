/** The name of the authorizer in events, for every gateway. */
export const AUTHORIZER = "claimgate";
