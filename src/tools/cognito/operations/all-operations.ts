import { signInOperations } from "../auth/sign-in-operations.ts";
import { adminOperations } from "./admin-users.ts";
import { describeClientOperations } from "./describe-clients.ts";
import { describePoolOperations } from "./describe-pool.ts";
import { groupOperations } from "./groups.ts";
import { linkOperations } from "./linked-accounts.ts";
import type { Operations } from "./operation.ts";
import { ownUserOperations } from "./own-user.ts";
import { passwordOperations } from "./passwords.ts";
import { refusedOperations } from "./refused.ts";
import { signUpOperations } from "./sign-up.ts";

/** Every operation of the Cognito API, by its name in `x-amz-target`. */
export const ALL_OPERATIONS: Operations = {
  ...refusedOperations,
  ...signUpOperations,
  ...passwordOperations,
  ...ownUserOperations,
  ...adminOperations,
  ...linkOperations,
  ...groupOperations,
  ...describePoolOperations,
  ...describeClientOperations,
  ...signInOperations,
};
