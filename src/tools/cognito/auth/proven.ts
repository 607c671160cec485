import type { User } from "../directory/user.ts";
import { type AuthCall, authEvent, type ProvenStep } from "./step.ts";

/** Nothing is left to prove. @param newPassword whether a temporary password was replaced on the way here */
export async function proven(call: AuthCall, user: User, newPassword: boolean): Promise<ProvenStep> {
  const { pool } = call;
  if (pool.config.triggers.has("PostAuthentication")) {
    const event = authEvent(call, "PostAuthentication_Authentication", user, { newDeviceUsed: false });
    await pool.runTrigger("PostAuthentication", event);
  }
  const source = newPassword ? "TokenGeneration_NewPasswordChallenge" : "TokenGeneration_Authentication";
  // Read again: the trigger may have changed the user.
  return { kind: "proven", user: pool.users.find(user.username) ?? user, source };
}
