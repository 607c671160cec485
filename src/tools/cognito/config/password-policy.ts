import { objectOf } from "../../../json.ts";
import { CognitoError } from "../cognito-error.ts";
import { flagIn, numberIn } from "./written-value.ts";

export interface PasswordPolicy {
  readonly minimumLength: number;
  readonly lowercase: boolean;
  readonly uppercase: boolean;
  readonly numbers: boolean;
  readonly symbols: boolean;
  /** How many former passwords may not come back. */
  readonly history: number;
}

/** The password policy of a template; what it leaves out is as AWS has it for a new pool. */
export function passwordPolicyOf(value: unknown): PasswordPolicy {
  const policy = objectOf(value);
  return {
    minimumLength: numberIn(policy["MinimumLength"]) ?? 8,
    lowercase: flagIn(policy["RequireLowercase"]) ?? true,
    uppercase: flagIn(policy["RequireUppercase"]) ?? true,
    numbers: flagIn(policy["RequireNumbers"]) ?? true,
    symbols: flagIn(policy["RequireSymbols"]) ?? true,
    history: numberIn(policy["PasswordHistorySize"]) ?? 0,
  };
}

/** @throws CognitoError `InvalidPasswordException`, in the words of AWS */
export function assertPassword(password: string, policy: PasswordPolicy): void {
  const missing = [
    { ok: password.length >= policy.minimumLength, text: "Password not long enough" },
    { ok: !policy.lowercase || /[a-z]/.test(password), text: "Password must have lowercase characters" },
    { ok: !policy.uppercase || /[A-Z]/.test(password), text: "Password must have uppercase characters" },
    { ok: !policy.numbers || /\d/.test(password), text: "Password must have numeric characters" },
    { ok: !policy.symbols || /[^A-Za-z0-9]/.test(password), text: "Password must have symbol characters" },
  ].find(({ ok }) => !ok);
  if (missing !== undefined) {
    throw new CognitoError(
      "InvalidPasswordException",
      `Password did not conform with policy: ${missing.text}`,
    );
  }
}
