import type { User } from "../directory/user.ts";
import type { Challenged } from "./challenges.ts";
import { continueCustom } from "./custom-challenge.ts";
import { challengeNewPassword } from "./new-password-challenge.ts";
import { proven } from "./proven.ts";
import { secondFactor } from "./second-factor.ts";
import type { AuthCall, Step } from "./step.ts";

/** How a sign-in goes on after a password was proven. @param answered the challenge that proved it */
export async function afterPassword(
  call: AuthCall,
  user: User,
  whose: Challenged,
  answered: string,
): Promise<Step> {
  if (user.status === "FORCE_CHANGE_PASSWORD") return challengeNewPassword(call, user, whose);
  return (await secondFactor(call, user, whose)) ?? afterFactors(call, user, whose, answered);
}

/** How it goes on after both factors: triggers decide, where the sign-in is theirs. */
export async function afterFactors(
  call: AuthCall,
  user: User,
  whose: Challenged,
  answered: string,
): Promise<Step> {
  const { custom, newPassword } = whose;
  if (custom === undefined) return proven(call, user, newPassword);
  const results = [...custom.results, { challengeName: answered, challengeResult: true }];
  return continueCustom(call, user, { ...whose, custom: { results } });
}
