import { objectOf } from "../../../json.ts";
import { CognitoError } from "../cognito-error.ts";

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
  const minimum = policy["MinimumLength"];
  const history = policy["PasswordHistorySize"];
  return {
    minimumLength: typeof minimum === "number" ? minimum : 8,
    lowercase: policy["RequireLowercase"] !== false,
    uppercase: policy["RequireUppercase"] !== false,
    numbers: policy["RequireNumbers"] !== false,
    symbols: policy["RequireSymbols"] !== false,
    history: typeof history === "number" ? history : 0,
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
