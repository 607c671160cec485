import type { Pool } from "../../../../../src/tools/cognito/pool.ts";
import { continueSignIn } from "../../../../../src/tools/cognito/tokens/sign-in-tokens.ts";
import {
  addUser,
  byPassword,
  call,
  claimsOf,
  PASSWORD,
  refusal,
  tokensOf,
} from "../../../../support/pool-users.ts";
import { testPool } from "../../../../support/user-pool.ts";

const EMAIL = "ada@example.com";

const groups = [{ name: "customers", description: undefined, precedence: undefined, roleArn: undefined }];

/** What the trigger does to the pool while an operation waits for it. */
let during: (pool: Pool) => Promise<unknown>;
let pool: Pool;

const trigger = async (event: object) => {
  await during(pool);
  return { ...event, response: {} };
};

const admin =
  (name: string, more: object = {}) =>
  () =>
    call(pool, name, { UserPoolId: pool.config.place.userPoolId, Username: EMAIL, ...more });

beforeEach(() => {
  during = () => Promise.resolve();
});

test("a group that PostConfirmation adds is in the first tokens, and the user stays confirmed", async () => {
  pool = testPool({ config: { groups }, triggers: { PostConfirmation: trigger } });
  await call(pool, "SignUp", { ClientId: "webclient", Username: EMAIL, Password: PASSWORD });
  during = admin("AdminAddUserToGroup", { GroupName: "customers" });
  const ConfirmationCode = pool.mailbox.list(EMAIL)[0]?.code;

  await call(pool, "ConfirmSignUp", { ClientId: "webclient", Username: EMAIL, ConfirmationCode });

  const { AccessToken } = tokensOf(await call(pool, "InitiateAuth", byPassword(EMAIL)));
  expect(claimsOf(AccessToken)["cognito:groups"]).toEqual(["customers"]);
});

test("a name that PreSignUp gives to another user is taken", async () => {
  pool = testPool({ triggers: { PreSignUp: trigger } });
  during = () => {
    if (pool.users.find(EMAIL) === undefined) addUser(pool, EMAIL);
    return Promise.resolve();
  };

  expect(
    await refusal(pool, "SignUp", { ClientId: "webclient", Username: EMAIL, Password: PASSWORD }),
  ).toMatch(/^UsernameExistsException/);
});

test("two sign-ups of one name at the same time make one user", async () => {
  pool = testPool({ triggers: { PreSignUp: trigger } });
  const signUp = () => call(pool, "SignUp", { ClientId: "webclient", Username: EMAIL, Password: PASSWORD });

  const outcomes = await Promise.allSettled([signUp(), signUp()]);

  expect(outcomes.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  expect(pool.users.size).toBe(1);
});

describe.each([
  ["disables the user", "AdminDisableUser"],
  ["deletes the user", "AdminDeleteUser"],
  ["signs the user out", "AdminUserGlobalSignOut"],
])("PreTokenGeneration that %s", (_what, operation) => {
  beforeEach(() => {
    pool = testPool({ triggers: { PreTokenGeneration: trigger } });
    addUser(pool, EMAIL);
  });

  test("leaves no tokens to a sign-in", async () => {
    during = admin(operation);

    expect(await refusal(pool, "InitiateAuth", byPassword(EMAIL))).toMatch(/^NotAuthorizedException/);
  });

  test("leaves no tokens to a refresh", async () => {
    const { RefreshToken } = tokensOf(await call(pool, "InitiateAuth", byPassword(EMAIL)));
    during = admin(operation);
    const [client] = pool.config.clients;
    if (client === undefined) throw new Error("the pool has a client");

    await expect(continueSignIn(pool, String(RefreshToken), client)).rejects.toMatchObject({
      code: "NotAuthorizedException",
    });
  });
});
