import { type JsonObject, objectOf } from "../../../json.ts";
import { invalidParameter, notSimulated } from "../cognito-error.ts";
import type { MfaMethod } from "../config/pool-config.ts";
import type { User, UserMfa } from "../directory/user.ts";
import { existingUser, type Operation, requiredText, saveUser } from "../operations/operation.ts";
import { inPool } from "../operations/request.ts";
import type { Pool } from "../pool.ts";
import { tokenCaller } from "../tokens/access-token-guard.ts";
import { isSetUp } from "./second-factor.ts";

/** Member of the request -> what it turns on or off. */
const SETTINGS: ReadonlyMap<string, MfaMethod> = new Map([
  ["SMSMfaSettings", "SMS_MFA"],
  ["SoftwareTokenMfaSettings", "SOFTWARE_TOKEN_MFA"],
  ["EmailMfaSettings", "EMAIL_OTP"],
]);

interface Preference {
  readonly method: MfaMethod;
  readonly enabled: boolean;
  readonly preferred: boolean;
}

/** `SetUserMFAPreference`: a user turns methods on or off, and prefers one. */
export const setUserMfaPreference: Operation = (pool, request) => {
  const { user } = tokenCaller(pool, requiredText(request, "AccessToken"));
  setPreferences(pool, user, request);
  return Promise.resolve({});
};

/** `AdminSetUserMFAPreference`: an administrator does. */
export const adminSetUserMfaPreference = inPool((pool, request) => {
  setPreferences(pool, existingUser(pool, requiredText(request, "Username")), request);
  return Promise.resolve({});
});

/** What the request does not name stays. @throws CognitoError `InvalidParameterException` */
function setPreferences(pool: Pool, user: User, request: JsonObject): void {
  if (request["WebAuthnMfaSettings"] !== undefined) throw notSimulated("WebAuthnMfaSettings");
  const preferences = [...SETTINGS].flatMap(([member, method]) =>
    request[member] === undefined ? [] : preferenceOf(method, objectOf(request[member])),
  );
  for (const { method, enabled } of preferences) if (enabled) assertPossible(pool, user, method);
  const enabled = new Set(user.mfa.enabled);
  for (const preference of preferences) {
    if (preference.enabled) enabled.add(preference.method);
    else enabled.delete(preference.method);
  }
  const preferred = preferredOf(user.mfa, preferences);
  const { preferred: _, ...mfa } = user.mfa;
  saveUser(pool, {
    ...user,
    mfa: { ...mfa, enabled: [...enabled], ...(preferred === undefined ? {} : { preferred }) },
  });
}

function preferenceOf(method: MfaMethod, settings: JsonObject): Preference {
  const enabled = settings["Enabled"] === true;
  const preferred = settings["PreferredMfa"] === true;
  if (preferred && !enabled) throw invalidParameter(`${method} is preferred, but not enabled`);
  return { method, enabled, preferred };
}

/** @returns the method that is preferred now */
function preferredOf(before: UserMfa, preferences: readonly Preference[]): MfaMethod | undefined {
  const [chosen, other] = preferences.filter(({ preferred }) => preferred);
  if (other !== undefined) throw invalidParameter("Only one MFA method can be preferred");
  if (chosen !== undefined) return chosen.method;
  const isNamed = preferences.some(({ method }) => method === before.preferred);
  return isNamed ? undefined : before.preferred;
}

function assertPossible({ config }: Pool, user: User, method: MfaMethod): void {
  if (!config.mfa.methods.includes(method)) {
    throw invalidParameter(`${method} is not among the MFA methods of the user pool`);
  }
  if (!isSetUp(user, method)) {
    throw invalidParameter(`User does not have delivery config set to turn on ${method}`);
  }
}
