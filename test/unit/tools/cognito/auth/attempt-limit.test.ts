import type { JsonObject } from "../../../../../src/json.ts";
import type { Pool } from "../../../../../src/tools/cognito/pool.ts";
import {
  accessTokenOf,
  call,
  confirmedUser,
  EXPIRED,
  lastCode,
  listed,
  MISMATCH,
  PASSWORD,
  refusal,
} from "../../../../support/pool-calls.ts";
import { testClient, testPool } from "../../../../support/user-pool.ts";

const Username = "alice@example.com";
const LIMIT = "LimitExceededException: Attempt limit exceeded, please try after some time.";

let now: number;
beforeEach(() => {
  now = 1_800_000_000_000;
});
const pool = () => testPool({ now: () => now });

const HOUR = 3_600_000;

/** Five answers to the same wrong request. */
async function fiveTimes(to: Pool, operation: string, request: JsonObject): Promise<Set<string>> {
  const answers = new Set<string>();
  for (let time = 0; time < 5; time++) answers.add(await refusal(to, operation, request));
  return answers;
}

const wrong = (code: string) => (code === "000000" ? "111111" : "000000");

test("after five wrong codes of a sign-up, the right one is not taken for an hour", async () => {
  const users = pool();
  await call(users, "SignUp", { Username, Password: PASSWORD });
  const code = lastCode(users);
  const guess = { Username, ConfirmationCode: wrong(code) };
  expect(await fiveTimes(users, "ConfirmSignUp", guess)).toEqual(new Set([MISMATCH]));
  expect(await refusal(users, "ConfirmSignUp", { Username, ConfirmationCode: code })).toBe(LIMIT);
  now += HOUR - 1;
  expect(await refusal(users, "ConfirmSignUp", { Username, ConfirmationCode: code })).toBe(LIMIT);
  now += 1;
  expect(await call(users, "ConfirmSignUp", { Username, ConfirmationCode: code })).toHaveProperty("Session");
});

test("another code that is sent does not start the count again", async () => {
  const users = pool();
  await call(users, "SignUp", { Username, Password: PASSWORD });
  await fiveTimes(users, "ConfirmSignUp", { Username, ConfirmationCode: wrong(lastCode(users)) });
  await call(users, "ResendConfirmationCode", { Username });
  const request = { Username, ConfirmationCode: lastCode(users) };
  expect(await refusal(users, "ConfirmSignUp", request)).toBe(LIMIT);
});

test("wrong codes of a forgotten password are limited, and a right one starts the count again", async () => {
  const users = pool();
  await confirmedUser(users, Username);
  const confirm = (ConfirmationCode: string) => ({ Username, ConfirmationCode, Password: PASSWORD });
  await call(users, "ForgotPassword", { Username });
  const first = lastCode(users);
  for (let time = 0; time < 4; time++) {
    expect(await refusal(users, "ConfirmForgotPassword", confirm(wrong(first)))).toBe(MISMATCH);
  }
  await call(users, "ConfirmForgotPassword", confirm(first));
  await call(users, "ForgotPassword", { Username });
  const second = lastCode(users);
  expect(await fiveTimes(users, "ConfirmForgotPassword", confirm(wrong(second)))).toEqual(
    new Set([MISMATCH]),
  );
  expect(await refusal(users, "ConfirmForgotPassword", confirm(second))).toBe(LIMIT);
});

test.each([
  ["ConfirmSignUp", EXPIRED],
  ["ConfirmForgotPassword", MISMATCH],
])("%s limits a name without a user like any other, in any case", async (operation, error) => {
  const clients = [testClient({ PreventUserExistenceErrors: "ENABLED" })];
  const users = testPool({ now: () => now, config: { clients } });
  const request = { Username: "nobody@example.com", ConfirmationCode: "123456", Password: PASSWORD };
  expect(await fiveTimes(users, operation, request)).toEqual(new Set([error]));
  expect(await refusal(users, operation, { ...request, Username: "NOBODY@example.com" })).toBe(LIMIT);
  // Other names are counted by themselves.
  expect(await refusal(users, operation, { ...request, Username: "b@example.com" })).toBe(error);
});

test("wrong codes of a new address are limited", async () => {
  const users = pool();
  await confirmedUser(users, Username);
  const AccessToken = await accessTokenOf(users, Username);
  const UserAttributes = listed({ email: "new@example.com" });
  await call(users, "UpdateUserAttributes", { AccessToken, UserAttributes });
  const verify = (Code: string) => ({ AccessToken, AttributeName: "email", Code });
  const code = lastCode(users);
  expect(await fiveTimes(users, "VerifyUserAttribute", verify(wrong(code)))).toEqual(new Set([MISMATCH]));
  expect(await refusal(users, "VerifyUserAttribute", verify(code))).toBe(LIMIT);
});

test("an access token does not help to guess the password", async () => {
  const users = pool();
  await confirmedUser(users, Username);
  const AccessToken = await accessTokenOf(users, Username);
  const change = (PreviousPassword: string) => ({
    AccessToken,
    PreviousPassword,
    ProposedPassword: "N3w-password!",
  });
  expect(await fiveTimes(users, "ChangePassword", change("Wr0ng-password!"))).toEqual(
    new Set(["NotAuthorizedException: Incorrect username or password."]),
  );
  expect(await refusal(users, "ChangePassword", change(PASSWORD))).toBe(LIMIT);
});
