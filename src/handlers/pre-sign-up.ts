import { preSignUp } from "claimgate/lambda";

/** The PreSignUp trigger of the user pool. */
export const handler = preSignUp();
