import { adminOperations } from "./admin-users.ts";
import type { Operations } from "./operation.ts";
import { ownUserOperations } from "./own-user.ts";
import { signUpOperations } from "./sign-up.ts";

/** Every operation of the Cognito API that this pool knows, by its name in `x-amz-target`. */
export const ALL_OPERATIONS: Operations = {
  ...signUpOperations,
  ...ownUserOperations,
  ...adminOperations,
};
