import { postConfirmation } from "claimgate/lambda";

/** Which groups a new user joins: the `g3` rows. */
export const handler = postConfirmation();
