import type { ConditionInput } from "../../policy/decision.ts";
import { signInAge } from "../../policy/sign-in-age.ts";

/** `{userId} 17 with sub 42`, or the age of the sign-in. */
export function describeComparison(input: ConditionInput): string {
  const { parameter, claim, literal, parameterValue, claimValue, time } = input;
  if (parameter === undefined) {
    const authTime = claimValue === undefined ? undefined : Number(claimValue);
    return `the age of the sign-in ${describeAge(signInAge({ authTime, time }))}`;
  }
  const other = claim === undefined ? `'${literal}'` : `${claim} ${shownValue(claimValue)}`;
  return `{${parameter}} ${shownValue(parameterValue)} with ${other}`;
}

/** @param age in seconds */
export function describeAge(age: number | undefined): string {
  return age === undefined ? "(unknown)" : `${Math.floor(age)} s`;
}

/** What a denied user can do. @param acceptedAge in seconds */
export function describeSignInAgain(acceptedAge: number): string {
  return `sign in again: it is allowed for ${acceptedAge} s after a sign-in`;
}

export function shownValue(value: string | undefined): string {
  return value === undefined ? "(missing)" : `\`${value}\``;
}
