import type { Attributes, User } from "../directory/user.ts";
import type { Pool } from "../pool.ts";
import { triggerAttributes } from "../tokens/sign-in-tokens.ts";
import { triggerEvent } from "../triggers/trigger-event.ts";

/**
 * Tells the PostConfirmation trigger of a user who was confirmed. Its failure reaches the caller, and the user stays
 * confirmed.
 *
 * @throws CognitoError of the trigger
 */
export async function tellPostConfirmation(
  pool: Pool,
  source: "PostConfirmation_ConfirmSignUp" | "PostConfirmation_ConfirmForgotPassword",
  user: User,
  clientId: string | undefined,
  clientMetadata: Attributes | undefined,
): Promise<void> {
  if (!pool.config.triggers.has("PostConfirmation")) return;
  const userAttributes = triggerAttributes(user);
  const call = { userName: user.username, clientId, clientMetadata, userAttributes };
  await pool.runTrigger("PostConfirmation", triggerEvent(pool.config.place, source, call, {}, {}));
}
