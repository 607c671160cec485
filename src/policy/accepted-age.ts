import type { Decision } from "./decision.ts";
import type { Policy } from "./policy.ts";
import type { SignInTimes } from "./sign-in-age.ts";
import { MACHINE, type Subject } from "./subject.ts";

/** Decides the same request at these times. */
export type DecideAt = (times: SignInTimes) => Pick<Decision, "effect">;

/**
 * For a denied request that signing in again would open: the age, in seconds, up to which a sign-in counts. Undefined
 * if a new sign-in changes nothing.
 */
export function acceptedAge(
  policy: Policy,
  { subjects, time }: SignInTimes & { readonly subjects: readonly Subject[] },
  decideAt: DecideAt,
): number | undefined {
  if (!policy.comparesAge || time === undefined || subjects.includes(MACHINE)) return undefined;
  const opens = (age: number) => decideAt({ time, authTime: time - age }).effect === "allow";
  if (!opens(0)) return undefined;
  const ages = [...policy.conditions.values()].flat().flatMap(({ maxAge }) => maxAge ?? []);
  return [...new Set(ages)].sort((a, b) => b - a).find(opens);
}
