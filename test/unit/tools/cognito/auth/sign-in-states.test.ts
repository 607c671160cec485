import { type JsonObject, objectOf } from "../../../../../src/json.ts";
import type { User } from "../../../../../src/tools/cognito/directory/user.ts";
import { addUser, answerTo, byPassword, call, outcome, PASSWORD } from "../../../../support/pool-users.ts";
import { testClient, testPool } from "../../../../support/user-pool.ts";

const EMAIL = "ada@example.com";
const NOW = Date.parse("2026-11-29T06:00:00Z");
const WRONG = "NotAuthorizedException: Incorrect username or password.";

const hiding = testClient({ PreventUserExistenceErrors: "ENABLED" });

function poolWith(changes: Partial<User>, client = hiding) {
  let now = NOW;
  const pool = testPool({ config: { clients: [client] }, now: () => now });
  addUser(pool, EMAIL, changes);
  return { pool, wait: (ms: number) => (now += ms) };
}

describe.each<[string, Partial<User>, string]>([
  ["not confirmed", { status: "UNCONFIRMED" }, "UserNotConfirmedException: User is not confirmed."],
  ["disabled", { enabled: false }, "NotAuthorizedException: User is disabled."],
  [
    "told to reset the password",
    { status: "RESET_REQUIRED" },
    "PasswordResetRequiredException: Password reset required for the user",
  ],
  [
    "late with a temporary password",
    { status: "FORCE_CHANGE_PASSWORD", temporaryUntil: NOW },
    "NotAuthorizedException: Temporary password has expired and must be reset by an administrator.",
  ],
])("a user who is %s", (_, changes, text) => {
  it("is told so with the right password", async () => {
    expect(await outcome(poolWith(changes).pool, "InitiateAuth", byPassword(EMAIL))).toBe(text);
  });

  it("is not told apart from others with a wrong one", async () => {
    expect(await outcome(poolWith(changes).pool, "InitiateAuth", byPassword(EMAIL, "x"))).toBe(WRONG);
  });
});

describe("a user without a password", () => {
  it.each<[string, Partial<User>]>([
    ["of a provider", { status: "EXTERNAL_PROVIDER" }],
    ["who was imported", { status: "RESET_REQUIRED" }],
    ["who signs in by codes", {}],
  ])("%s signs in with none", async (_, changes) => {
    const { pool } = poolWith({});
    const { password: _password, ...user } = addUser(pool, EMAIL, changes);
    pool.users.save(user);
    for (const password of [PASSWORD, " "]) {
      expect(await outcome(pool, "InitiateAuth", byPassword(EMAIL, password))).toBe(WRONG);
    }
  });

  it("who was imported is told to reset it by a client that hides nobody", async () => {
    const { pool } = poolWith({}, testClient());
    const { password: _, ...user } = addUser(pool, EMAIL, { status: "RESET_REQUIRED" });
    pool.users.save(user);
    expect(await outcome(pool, "InitiateAuth", byPassword(EMAIL))).toContain(
      "PasswordResetRequiredException",
    );
  });
});

describe("a name without a user", () => {
  it("is said to be so, unless the client hides that", async () => {
    const open = poolWith({}, testClient()).pool;
    const hidden = poolWith({}).pool;
    const flows: JsonObject[] = [
      byPassword("nobody@example.com"),
      {
        ClientId: "webclient",
        AuthFlow: "USER_SRP_AUTH",
        AuthParameters: { USERNAME: "nobody@example.com", SRP_A: "2" },
      },
      { ClientId: "webclient", AuthFlow: "USER_AUTH", AuthParameters: { USERNAME: "nobody@example.com" } },
    ];
    for (const request of flows) {
      expect(await outcome(open, "InitiateAuth", request)).toBe(
        "UserNotFoundException: User does not exist.",
      );
      expect(await outcome(hidden, "InitiateAuth", request)).not.toContain("UserNotFoundException");
    }
  });
});

test("where users choose their names, a name without a user is shown as if it were one", async () => {
  const pool = testPool({
    config: { clients: [hiding], usernameAttributes: [], aliasAttributes: ["email"] },
  });
  const shown = async (USERNAME: string) => {
    const AuthParameters = { USERNAME, SRP_A: "2" };
    const answer = await call(pool, "InitiateAuth", { AuthFlow: "USER_SRP_AUTH", AuthParameters });
    return objectOf(answer["ChallengeParameters"])["USER_ID_FOR_SRP"];
  };
  expect(await shown("Bob")).toBe("bob");
  // An alias does not tell the name.
  expect(await shown("bob@example.com")).toMatch(/^[\da-f-]{36}$/);
});

describe("wrong passwords", () => {
  it("lock the user for a while after five, also for the right one", async () => {
    const { pool, wait } = poolWith({});
    for (let time = 0; time < 5; time++) {
      expect(await outcome(pool, "InitiateAuth", byPassword(EMAIL, "x"))).toBe(WRONG);
    }
    expect(await outcome(pool, "InitiateAuth", byPassword(EMAIL))).toBe(
      "NotAuthorizedException: Password attempts exceeded",
    );
    wait(1000);
    expect(await outcome(pool, "InitiateAuth", byPassword(EMAIL))).toBe("answered");
  });
});

describe("a new password in place of a temporary one", () => {
  const TEMPORARY = { status: "FORCE_CHANGE_PASSWORD" } satisfies Partial<User>;

  async function challenged() {
    const schema = [
      ...testPool().config.schema.filter(({ name }) => name !== "given_name"),
      { ...attribute("given_name"), required: true },
    ];
    const pool = testPool({ config: { schema, clients: [testClient({ WriteAttributes: ["given_name"] })] } });
    addUser(pool, EMAIL, TEMPORARY);
    return { pool, challenge: await call(pool, "InitiateAuth", byPassword(EMAIL)) };
  }

  const attribute = (name: string) => {
    const found = testPool().config.schema.find((candidate) => candidate.name === name);
    if (found === undefined) throw new Error(`the schema has no ${name}`);
    return found;
  };

  it("comes with the required attributes that are missing", async () => {
    const { pool, challenge } = await challenged();
    expect(challenge["ChallengeParameters"]).toEqual({
      USER_ID_FOR_SRP: `sub-of-${EMAIL}`,
      requiredAttributes: '["userAttributes.given_name"]',
      userAttributes: JSON.stringify({ email: EMAIL, email_verified: "true" }),
    });
    const NEW_PASSWORD = `${PASSWORD}!`;
    const answer = (more: JsonObject) => answerTo(challenge, { USERNAME: EMAIL, NEW_PASSWORD, ...more });
    expect(await outcome(pool, "RespondToAuthChallenge", answer({}))).toBe(
      "InvalidParameterException: Invalid attributes given, given_name is missing",
    );
    const named = answer({ "userAttributes.given_name": "Ada" });
    expect(await outcome(pool, "RespondToAuthChallenge", named)).toBe("answered");
    expect(pool.users.find(EMAIL)).toMatchObject({
      status: "CONFIRMED",
      attributes: { given_name: "Ada" },
    });
  });

  it.each([
    ["userAttributes.email", "eve@example.com"],
    ["userAttributes.email_verified", "true"],
    ["userAttributes.sub", "x"],
    ["userAttributes.custom:none", "x"],
    ["userAttributes.family_name", "x"],
  ])("does not write %s", async (name, value) => {
    const { pool, challenge } = await challenged();
    const answer = answerTo(challenge, {
      USERNAME: EMAIL,
      NEW_PASSWORD: `${PASSWORD}!`,
      "userAttributes.given_name": "Ada",
      [name]: value,
    });
    expect(await outcome(pool, "RespondToAuthChallenge", answer)).toMatch(/NotAuthorized|InvalidParameter/);
    expect(pool.users.find(EMAIL)).toMatchObject(TEMPORARY);
  });

  it("leaves the address that names the user as it is", async () => {
    const pool = testPool();
    addUser(pool, EMAIL, TEMPORARY);
    const challenge = await call(pool, "InitiateAuth", byPassword(EMAIL));
    const answer = answerTo(challenge, {
      USERNAME: EMAIL,
      NEW_PASSWORD: `${PASSWORD}!`,
      "userAttributes.email": EMAIL,
    });
    expect(await outcome(pool, "RespondToAuthChallenge", answer)).toBe(
      "NotAuthorizedException: Cannot modify an already provided email",
    );
  });
});

describe("what is not simulated", () => {
  it.each(["WEB_AUTHN", "DEVICE_SRP_AUTH", "DEVICE_PASSWORD_VERIFIER"])(
    "as the challenge %s is refused by its name",
    async (name) => {
      const request = { ClientId: "webclient", ChallengeName: name, ChallengeResponses: { USERNAME: EMAIL } };
      expect(await outcome(poolWith({}).pool, "RespondToAuthChallenge", request)).toBe(
        `InvalidParameterException: this local user pool does not simulate the challenge ${name}`,
      );
    },
  );

  it.each(["DEVICE_KEY", "ACCESS_TOKEN", "TARGET_ACR_VALUES", "MAX_AGE"])(
    "as the parameter %s of a sign-in, of a refresh and of an answer is refused by its name",
    async (name) => {
      const { pool } = poolWith({});
      const refused = (what: string) =>
        `InvalidParameterException: this local user pool does not simulate the ${what} ${name}`;
      const signIn = { ...byPassword(EMAIL), AuthParameters: { USERNAME: EMAIL, PASSWORD, [name]: "x" } };
      const refresh = {
        ClientId: "webclient",
        AuthFlow: "REFRESH_TOKEN_AUTH",
        AuthParameters: { REFRESH_TOKEN: "x", [name]: "x" },
      };
      for (const request of [signIn, refresh]) {
        expect(await outcome(pool, "InitiateAuth", request)).toBe(refused("authentication parameter"));
      }
      const answer = { ClientId: "webclient", ChallengeName: "PASSWORD_VERIFIER", Session: "x" };
      const ChallengeResponses = { USERNAME: EMAIL, [name]: "x" };
      expect(await outcome(pool, "RespondToAuthChallenge", { ...answer, ChallengeResponses })).toBe(
        refused("challenge response"),
      );
    },
  );
});

test("an administrator names the pool, and signs a user in and no one else uses ADMIN_", async () => {
  const { pool } = poolWith({});
  const request = { ...byPassword(EMAIL), AuthFlow: "ADMIN_USER_PASSWORD_AUTH" };
  expect(await outcome(pool, "AdminInitiateAuth", { ...request, UserPoolId: "us-east-1_LocalPool" })).toBe(
    "answered",
  );
  expect(await outcome(pool, "AdminInitiateAuth", { ...request, UserPoolId: "us-east-1_Other" })).toContain(
    "ResourceNotFoundException",
  );
  expect(await outcome(pool, "InitiateAuth", request)).toBe(
    "InvalidParameterException: Initiate Auth method not supported.",
  );
});
