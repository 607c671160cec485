import type { JsonObject } from "../../../../../src/json.ts";
import type { User } from "../../../../../src/tools/cognito/directory/user.ts";
import type { Pool } from "../../../../../src/tools/cognito/pool.ts";
import {
  accessTokenOf,
  addUser,
  answerTo,
  byPassword,
  call,
  claimsOf,
  PASSWORD,
  refusal,
} from "../../../../support/pool-users.ts";
import { testClient, testPool } from "../../../../support/user-pool.ts";

const EMAIL = "ada@example.com";
const METADATA = { tenant: "t1" };

const hiding = testClient({ PreventUserExistenceErrors: "ENABLED" });

interface SignInEvent {
  readonly triggerSource: string;
  readonly userName: string;
  readonly callerContext: object;
  readonly request: JsonObject;
  readonly response: JsonObject;
}

/** Triggers that remember their events. */
function recorder(events: SignInEvent[]) {
  const record = (event: SignInEvent) => {
    events.push(event);
    return event;
  };
  return { PreAuthentication: record, PostAuthentication: record, PreTokenGeneration: record };
}

describe("the triggers of a sign-in", () => {
  it("run in order, and get the metadata that is theirs", async () => {
    const events: SignInEvent[] = [];
    const pool = testPool({ triggers: recorder(events) });
    addUser(pool, EMAIL, { status: "FORCE_CHANGE_PASSWORD" });
    const challenge = await call(pool, "InitiateAuth", { ...byPassword(EMAIL), ClientMetadata: METADATA });
    const answer = answerTo(challenge, { USERNAME: EMAIL, NEW_PASSWORD: `${PASSWORD}!` });
    await call(pool, "RespondToAuthChallenge", { ...answer, ClientMetadata: { step: "2" } });
    expect(events.map(({ triggerSource }) => triggerSource)).toEqual([
      "PreAuthentication_Authentication",
      "PostAuthentication_Authentication",
      "TokenGeneration_NewPasswordChallenge",
    ]);
    const [pre, post, token] = events;
    expect(pre).toMatchObject({
      userName: `sub-of-${EMAIL}`,
      callerContext: { clientId: "webclient" },
      request: {
        userAttributes: { email: EMAIL, "cognito:user_status": "FORCE_CHANGE_PASSWORD" },
        validationData: METADATA,
      },
    });
    expect(pre?.request).not.toHaveProperty("clientMetadata");
    expect(post?.request).toMatchObject({ newDeviceUsed: false, clientMetadata: { step: "2" } });
    expect(token?.request).toMatchObject({ clientMetadata: { step: "2" } });
  });

  it("get no metadata of InitiateAuth after the password", async () => {
    const events: SignInEvent[] = [];
    const pool = testPool({ triggers: recorder(events) });
    addUser(pool, EMAIL);
    await call(pool, "InitiateAuth", { ...byPassword(EMAIL), ClientMetadata: METADATA });
    for (const { request } of events.slice(1)) expect(request).not.toHaveProperty("clientMetadata");
    expect(events).toHaveLength(3);
  });

  it.each(["PreAuthentication", "PostAuthentication"])(
    "end it where %s throws, with its words",
    async (trigger) => {
      const pool = testPool({
        triggers: {
          [trigger]: () => {
            throw new Error("not on a Sunday");
          },
        },
      });
      addUser(pool, EMAIL);
      expect(await refusal(pool, "InitiateAuth", byPassword(EMAIL))).toBe(
        `UserLambdaValidationException: ${trigger} failed with error not on a Sunday.`,
      );
    },
  );

  it("see a name without a user only where the client hides that", async () => {
    for (const [client, seen] of [
      [hiding, [{ validationData: null, userAttributes: {}, userNotFound: true }]],
      [testClient(), []],
    ] as const) {
      const events: SignInEvent[] = [];
      const pool = testPool({
        triggers: recorder(events),
        config: { clients: [client], triggers: new Set(["PreAuthentication"]) },
      });
      await refusal(pool, "InitiateAuth", byPassword(EMAIL));
      expect(events.map(({ request }) => request)).toEqual(seen);
    }
  });

  it("that put the user in a group are heard of by the tokens", async () => {
    const holder: { join?: () => void } = {};
    const pool = testPool({
      config: {
        groups: [{ name: "staff", description: undefined, precedence: undefined, roleArn: undefined }],
        triggers: new Set(["PostAuthentication"]),
      },
      triggers: {
        PostAuthentication: (event: object) => {
          holder.join?.();
          return event;
        },
      },
    });
    const user = addUser(pool, EMAIL);
    holder.join = () => pool.users.save({ ...user, groups: ["staff"] });
    const tokens = await call(pool, "InitiateAuth", byPassword(EMAIL));
    expect(claimsOf(accessTokenOf(tokens))["cognito:groups"]).toEqual(["staff"]);
  });
});

describe("the migration of a user", () => {
  const migrating = (response: JsonObject | Error, client = testClient()) => {
    const events: SignInEvent[] = [];
    const pool = testPool({
      config: { clients: [client], triggers: new Set(["UserMigration"]) },
      triggers: {
        UserMigration: (event: SignInEvent) => {
          events.push(event);
          if (response instanceof Error) throw response;
          return { ...event, response };
        },
      },
    });
    return { pool, events };
  };
  const KNOWN = { userAttributes: { email: EMAIL, email_verified: "true" } };

  it("at a sign-in gives a confirmed user with the password, whatever the policy, once", async () => {
    const { pool, events } = migrating({ ...KNOWN, finalUserStatus: "CONFIRMED" });
    const request = { ...byPassword(EMAIL, "weak"), ClientMetadata: METADATA };
    expect(accessTokenOf(await call(pool, "InitiateAuth", request))).not.toBe("");
    expect(accessTokenOf(await call(pool, "InitiateAuth", byPassword(EMAIL, "weak")))).not.toBe("");
    expect(events).toHaveLength(1);
    expect(events[0]).toMatchObject({
      triggerSource: "UserMigration_Authentication",
      userName: EMAIL,
      request: { password: "weak", validationData: METADATA },
    });
    expect(pool.users.find(EMAIL)).toMatchObject({
      status: "CONFIRMED",
      attributes: { email_verified: "true" },
    });
  });

  it("may ask for another password first", async () => {
    const { pool } = migrating({ ...KNOWN, finalUserStatus: "RESET_REQUIRED" });
    expect(await refusal(pool, "InitiateAuth", byPassword(EMAIL))).toContain(
      "PasswordResetRequiredException",
    );
  });

  it.each<[string, JsonObject | Error]>([
    ["throws", new Error("bad password")],
    ["knows no such user", {}],
    ["gives attributes that are not in the schema", { userAttributes: { email: EMAIL, "custom:none": "x" } }],
  ])("creates nobody where the trigger %s", async (_, response) => {
    const open = migrating(response);
    expect(await refusal(open.pool, "InitiateAuth", byPassword(EMAIL))).toContain("UserNotFoundException");
    const hidden = migrating(response, hiding);
    expect(await refusal(hidden.pool, "InitiateAuth", byPassword(EMAIL))).toBe(
      "NotAuthorizedException: Incorrect username or password.",
    );
    expect([...open.pool.users.all(), ...hidden.pool.users.all()]).toEqual([]);
  });

  it("is not tried by SRP, which shows no password", async () => {
    const { pool, events } = migrating(KNOWN);
    const parameters = { USERNAME: EMAIL, SRP_A: "2" };
    const request = { ClientId: "webclient", AuthFlow: "USER_SRP_AUTH", AuthParameters: parameters };
    expect(await refusal(pool, "InitiateAuth", request)).toContain("UserNotFoundException");
    expect(events).toEqual([]);
  });

  it("happens at a forgotten password, too", async () => {
    const { pool, events } = migrating(KNOWN);
    const request = { ClientId: "webclient", Username: EMAIL };
    await call(pool, "ForgotPassword", { ...request, ClientMetadata: METADATA });
    expect(events[0]).toMatchObject({
      triggerSource: "UserMigration_ForgotPassword",
      request: { clientMetadata: METADATA },
    });
    expect(events[0]?.request).not.toHaveProperty("password");
    const ConfirmationCode = pool.mailbox.list(EMAIL)[0]?.code;
    await call(pool, "ConfirmForgotPassword", { ...request, ConfirmationCode, Password: PASSWORD });
    expect(accessTokenOf(await call(pool, "InitiateAuth", byPassword(EMAIL)))).not.toBe("");
  });
});

describe("a user whom a trigger changes", () => {
  /** A pool in which one trigger does something with its pool. */
  function changing(
    trigger: "PreAuthentication" | "PostAuthentication",
    change: (pool: Pool, user: User) => void,
  ) {
    const holder: { run?: () => void } = {};
    const pool = testPool({
      triggers: {
        [trigger]: (event: object) => {
          holder.run?.();
          return event;
        },
      },
    });
    const user = addUser(pool, EMAIL);
    holder.run = () => change(pool, user);
    return pool;
  }

  it.each(["PreAuthentication", "PostAuthentication"] as const)(
    "in %s is signed in as changed",
    async (trigger) => {
      const disabled = changing(trigger, (pool, user) => pool.users.save({ ...user, enabled: false }));
      expect(await refusal(disabled, "InitiateAuth", byPassword(EMAIL))).toBe(
        "NotAuthorizedException: User is disabled.",
      );
      const deleted = changing(trigger, (pool, user) => pool.users.delete(user.username));
      expect(await refusal(deleted, "InitiateAuth", byPassword(EMAIL))).toContain("UserNotFoundException");
    },
  );
});
