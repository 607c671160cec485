import { TOTP } from "otpauth";

/** The code that an authenticator app shows. @param stepsAhead a code that was used does not count again */
export function authenticatorCode(secret: string, stepsAhead = 0): string {
  return new TOTP({ secret }).generate({ timestamp: Date.now() + stepsAhead * 30_000 });
}
