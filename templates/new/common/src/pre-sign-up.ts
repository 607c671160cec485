import { preSignUp } from "claimgate/lambda";

/** Who may sign up: the `p2` rows. */
export const handler = preSignUp();
