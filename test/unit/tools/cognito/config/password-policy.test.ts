import { assertPassword, passwordPolicyOf } from "../../../../../src/tools/cognito/config/password-policy.ts";

const policy = passwordPolicyOf({ MinimumLength: 12, RequireSymbols: false });

test("a password within the policy passes", () => {
  expect(() => assertPassword("Wonderland26", policy)).not.toThrow();
});

test.each([
  ["Wonder26", "not long enough"],
  ["WONDERLAND26", "lowercase"],
  ["wonderland26", "uppercase"],
  ["Wonderlandxx", "numeric"],
])("%s: %s", (password, reason) => {
  expect(() => assertPassword(password, policy)).toThrow(reason);
});

test("symbols are required unless the template says otherwise", () => {
  expect(() => assertPassword("Wonderland26", passwordPolicyOf(undefined))).toThrow("symbol");
});
