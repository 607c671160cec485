import { createAccess } from "claimgate/client";
import policy from "./access.json";

/**
 * What the page offers to the user of a token, so that it hides what would only be denied. `access.json` has what a
 * browser may see of the policy, as `claimgate client` writes it. This is for the eyes: the API decides each call.
 */
export function offeredTo(accessToken: string) {
  return createAccess(policy, accessToken);
}
