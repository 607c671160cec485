import type { JsonObject } from "../../../json.ts";
import type { User } from "../directory/user.ts";
import { existingUser, type Operation, requiredText } from "../operations/operation.ts";
import { inPool } from "../operations/request.ts";
import { mfaFacts } from "../operations/user-answer.ts";
import type { Pool } from "../pool.ts";
import { tokenCaller } from "../tokens/access-token-guard.ts";
import { firstFactors } from "./choice.ts";

/** `GetUserAuthFactors`: what a user can sign in with. */
export const getUserAuthFactors: Operation = (pool, request) =>
  Promise.resolve(factsOf(pool, tokenCaller(pool, requiredText(request, "AccessToken")).user));

/** `AdminGetUserAuthFactors`: the same, for an administrator. */
export const adminGetUserAuthFactors = inPool((pool, request) =>
  Promise.resolve(factsOf(pool, existingUser(pool, requiredText(request, "Username")))),
);

function factsOf(pool: Pool, user: User): JsonObject {
  // SRP is a way to prove the password, no factor of its own.
  const factors = firstFactors(pool, user).filter((name) => name !== "PASSWORD_SRP");
  return { Username: user.username, ...mfaFacts(user), ConfiguredUserAuthFactors: factors };
}
