/** How far this function's clock may be behind the issuer's, in seconds: as far as for `iat`. */
const MAX_CLOCK_SKEW = 60;

/** The part of a request that says how long ago its user signed in. */
export interface SignInTimes {
  /**
   * When the user signed in, in epoch seconds: `auth_time` of the token, which a refresh keeps. Undefined where it is
   * unknown, and for a machine, which never signs in.
   */
  readonly authTime?: number | undefined;
  /** The time of the request, in epoch seconds. Without it the age of the sign-in is unknown. */
  readonly time?: number | undefined;
}

/** Seconds since the sign-in; undefined if a time is unknown, or the sign-in lies further ahead than clocks differ. */
export function signInAge({ authTime, time }: SignInTimes): number | undefined {
  if (authTime === undefined || time === undefined) return undefined;
  const age = time - authTime;
  return age >= -MAX_CLOCK_SKEW ? Math.max(0, age) : undefined;
}
