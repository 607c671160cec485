/** Seconds of each unit in `TokenValidityUnits` of an app client. */
export const UNIT_SECONDS: Readonly<Record<string, number>> = {
  seconds: 1,
  minutes: 60,
  hours: 3600,
  days: 86_400,
};
