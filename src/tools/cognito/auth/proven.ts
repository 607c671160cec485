import type { User } from "../directory/user.ts";
import { type AuthCall, authEvent, type ProvenStep } from "./step.ts";
import { wrongPassword } from "./unknown-user.ts";

/** Nothing is left to prove. @param newPassword whether a temporary password was replaced on the way here */
export async function proven(call: AuthCall, user: User, newPassword: boolean): Promise<ProvenStep> {
  const { pool, client } = call;
  if (pool.config.triggers.has("PostAuthentication")) {
    const event = authEvent(call, "PostAuthentication_Authentication", user, { newDeviceUsed: false });
    await pool.runTrigger("PostAuthentication", event);
  }
  const source = newPassword ? "TokenGeneration_NewPasswordChallenge" : "TokenGeneration_Authentication";
  // Read again: the trigger may have changed the user.
  const now = pool.users.find(user.username);
  if (now === undefined) throw wrongPassword(client, false);
  return { kind: "proven", user: now, source };
}
