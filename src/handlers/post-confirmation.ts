import { postConfirmation } from "claimgate/lambda";

/** The PostConfirmation trigger of the user pool. */
export const handler = postConfirmation();
