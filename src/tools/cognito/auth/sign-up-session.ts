import type { JsonObject } from "../../../json.ts";
import { notAuthorized } from "../cognito-error.ts";
import type { ClientConfig } from "../config/pool-config.ts";
import type { User } from "../directory/user.ts";
import type { Pool } from "../pool.ts";
import { allowsFlow } from "./auth-flows.ts";
import { afterFactors } from "./next-step.ts";
import { assertMaySignIn } from "./password-factor.ts";
import { secondFactor } from "./second-factor.ts";
import { type AuthCall, firstOf, type Step } from "./step.ts";

/** What `ConfirmSignUp` gives a client with `USER_AUTH`: its code is the first factor of one sign-in. */
export function sessionAfterSignUp(pool: Pool, client: ClientConfig, user: User): JsonObject {
  if (!allowsFlow(client, "USER_AUTH")) return {};
  return { Session: pool.challenges.open(client, firstOf(user), { name: "SIGNED_UP" }) };
}

/**
 * Signs in a user who has just confirmed the sign-up.
 *
 * @param user the given name where no user has it
 * @throws CognitoError `NotAuthorizedException`
 */
export async function signInAfterSignUp(call: AuthCall, user: User | string, session: string): Promise<Step> {
  const { pool, client } = call;
  const challenge = pool.challenges.take(session, client);
  if (
    typeof user === "string" ||
    challenge.state.name !== "SIGNED_UP" ||
    challenge.username !== user.username
  ) {
    throw notAuthorized("Invalid session for the user.");
  }
  assertMaySignIn(user, pool.now());
  return (await secondFactor(call, user, challenge)) ?? afterFactors(call, user, challenge, "SIGNED_UP");
}
