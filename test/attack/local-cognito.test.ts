import { type JsonObject, objectOf } from "../../src/json.ts";
import { SRP_PRIME } from "../../src/tools/cognito/auth/srp-group.ts";
import { totpCode, totpStepAt } from "../../src/tools/cognito/auth/totp.ts";
import { MemoryStore } from "../../src/tools/cognito/directory/journal.ts";
import type { User } from "../../src/tools/cognito/directory/user.ts";
import type { Pool } from "../../src/tools/cognito/pool.ts";
import {
  accessTokenOf,
  addUser,
  answerTo,
  byPassword,
  call,
  outcome,
  PASSWORD,
  tokensOf,
} from "../support/pool-users.ts";
import { SRP_CLIENTS, timestampNow } from "../support/srp-clients.ts";
import { testClient, testPool } from "../support/user-pool.ts";

// The sign-in of the local user pool, attacked. What it would let through here would be tested as right by its users.

const VICTIM = "ada@example.com";
const ATTACKER = "eve@example.com";
const SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";
const WRONG = "NotAuthorizedException: Incorrect username or password.";
const MINUTE = 60_000;

const clients = [
  testClient({ PreventUserExistenceErrors: "ENABLED" }),
  testClient({ PreventUserExistenceErrors: "ENABLED" }, "other"),
];

/** A pool with two users, whose clock only the test moves. */
function attacked(victim: Partial<User> = {}, attacker: Partial<User> = {}) {
  let now = Date.now();
  const store = new MemoryStore();
  const pool = testPool({
    store,
    now: () => now,
    config: {
      clients,
      mfa: { mode: "OPTIONAL", methods: ["SOFTWARE_TOKEN_MFA", "EMAIL_OTP"] },
      firstFactors: ["PASSWORD", "EMAIL_OTP"],
    },
  });
  addUser(pool, VICTIM, victim);
  addUser(pool, ATTACKER, attacker);
  return { pool, store, wait: (ms: number) => (now += ms), codeNow: () => totpCode(SECRET, totpStepAt(now)) };
}

const withToken = { mfa: { enabled: ["SOFTWARE_TOKEN_MFA"], totpSecret: SECRET } } satisfies Partial<User>;

const respond = (pool: Pool, request: JsonObject) => outcome(pool, "RespondToAuthChallenge", request);

const begin = (pool: Pool, username = VICTIM) => call(pool, "InitiateAuth", byPassword(username));

const srp = (username: string, srpA: string, AuthFlow = "USER_SRP_AUTH"): JsonObject => ({
  ClientId: "webclient",
  AuthFlow,
  AuthParameters: { USERNAME: username, SRP_A: srpA },
});

const verifier = (responses: JsonObject): JsonObject => ({
  ClientId: "webclient",
  ChallengeName: "PASSWORD_VERIFIER",
  ChallengeResponses: responses,
});

/** The beginning of a proof by SRP, by a client that knows the password of `username`. */
async function srpBegun(pool: Pool, username = VICTIM) {
  const newClient = SRP_CLIENTS["amazon-user-pool-srp-client"];
  if (newClient === undefined) throw new Error("the client is gone");
  const client = await newClient("LocalPool");
  const challenge = await call(pool, "InitiateAuth", srp(username, client.srpA));
  return { client, parameters: objectOf(challenge["ChallengeParameters"]) };
}

describe("the session of a challenge", () => {
  it("of one user proves nothing for another", async () => {
    const { pool, codeNow } = attacked(withToken, withToken);
    const own = await begin(pool, ATTACKER);
    const answer = answerTo(own, { USERNAME: VICTIM, SOFTWARE_TOKEN_MFA_CODE: codeNow() });
    expect(await respond(pool, answer)).toBe("NotAuthorizedException: Invalid session for the user.");
  });

  it("is valid once", async () => {
    const { pool } = attacked({ status: "FORCE_CHANGE_PASSWORD" });
    const answer = answerTo(await begin(pool), { USERNAME: VICTIM, NEW_PASSWORD: `${PASSWORD}!` });
    expect(await respond(pool, answer)).toBe("answered");
    expect(await respond(pool, answer)).toBe(
      "NotAuthorizedException: Invalid session for the user, session can only be used once.",
    );
  });

  it("is valid once for two answers at the same time", async () => {
    const { pool, codeNow } = attacked(withToken);
    const answer = answerTo(await begin(pool), { USERNAME: VICTIM, SOFTWARE_TOKEN_MFA_CODE: codeNow() });
    const outcomes = await Promise.all([respond(pool, answer), respond(pool, answer)]);
    expect(outcomes.filter((text) => text === "answered")).toHaveLength(1);
  });

  it("is invalid through another client, and after its time", async () => {
    const { pool, wait, codeNow } = attacked(withToken);
    const challenge = await begin(pool);
    const answer = () => answerTo(challenge, { USERNAME: VICTIM, SOFTWARE_TOKEN_MFA_CODE: codeNow() });
    expect(await respond(pool, { ...answer(), ClientId: "otherclient" })).toBe(
      "NotAuthorizedException: Invalid session for the user.",
    );
    wait(3 * MINUTE);
    expect(await respond(pool, answer())).toBe(
      "NotAuthorizedException: Invalid session for the user, session is expired.",
    );
  });

  it.each([
    ["NEW_PASSWORD_REQUIRED", { NEW_PASSWORD: `${PASSWORD}!` }],
    ["MFA_SETUP", {}],
    ["SELECT_MFA_TYPE", { ANSWER: "EMAIL_OTP" }],
    ["SELECT_CHALLENGE", { ANSWER: "PASSWORD", PASSWORD }],
    ["CUSTOM_CHALLENGE", { ANSWER: "x" }],
    ["EMAIL_OTP", { EMAIL_OTP_CODE: "" }],
    ["SIGNED_UP", {}],
    ["constructor", {}],
    ["__proto__", {}],
  ])("that asks for a code is not answered by %s", async (name, responses) => {
    const { pool } = attacked(withToken);
    const answer = {
      ...answerTo(await begin(pool), { USERNAME: VICTIM, ...responses }),
      ChallengeName: name,
    };
    expect(await respond(pool, answer)).toMatch(/^(?:NotAuthorized|InvalidParameter)Exception/);
  });

  it("is answered under its own name alone, even with the right code", async () => {
    const { pool, codeNow } = attacked(withToken);
    const answer = answerTo(await begin(pool), { USERNAME: VICTIM, SOFTWARE_TOKEN_MFA_CODE: codeNow() });
    expect(await respond(pool, { ...answer, ChallengeName: "SMS_MFA" })).toBe(
      "NotAuthorizedException: Invalid session for the user.",
    );
  });

  it("that asks for a code sets up no other authenticator app", async () => {
    const { pool } = attacked(withToken);
    const { Session } = await begin(pool);
    expect(await outcome(pool, "AssociateSoftwareToken", { Session })).toContain("InvalidParameterException");
    expect(await outcome(pool, "VerifySoftwareToken", { Session, UserCode: "000000" })).toContain(
      "InvalidParameterException",
    );
    expect(pool.users.find(VICTIM)?.mfa.totpSecret).toBe(SECRET);
  });

  it.each<[string, (pool: Pool, victim: User) => void]>([
    ["disabled", (pool, victim) => pool.users.save({ ...victim, enabled: false })],
    ["deleted", (pool, victim) => pool.users.delete(victim.username)],
    [
      "told to reset the password",
      (pool, victim) => pool.users.save({ ...victim, status: "RESET_REQUIRED" }),
    ],
  ])("is worth nothing once the user is %s", async (_, change) => {
    const { pool, codeNow } = attacked(withToken);
    const challenge = await begin(pool);
    const victim = pool.users.find(VICTIM);
    if (victim !== undefined) change(pool, victim);
    const answer = answerTo(challenge, { USERNAME: VICTIM, SOFTWARE_TOKEN_MFA_CODE: codeNow() });
    expect(await respond(pool, answer)).toMatch(/^(?:NotAuthorized|PasswordResetRequired)Exception/);
  });
});

describe("the proof of a password by SRP", () => {
  it.each([
    ["0", "0"],
    ["many zeros", "0".repeat(768)],
    ["N", SRP_PRIME.toString(16)],
    ["2N", (2n * SRP_PRIME).toString(16)],
    ["no number", "xyz"],
    ["a negative number", "-2"],
    ["nothing", ""],
  ])("refuses %s as A, with which everyone knows the key", async (_, srpA) => {
    const { pool } = attacked();
    for (const username of [VICTIM, "nobody@example.com"]) {
      expect(await outcome(pool, "InitiateAuth", srp(username, srpA))).toContain("InvalidParameterException");
    }
    const choice = { USERNAME: VICTIM, PREFERRED_CHALLENGE: "PASSWORD_SRP", SRP_A: srpA };
    const request = { ClientId: "webclient", AuthFlow: "USER_AUTH", AuthParameters: choice };
    expect(await outcome(pool, "InitiateAuth", request)).toContain("InvalidParameterException");
  });

  it("fails with a secret block that is not the pool's, and the real one is spent by no guess", async () => {
    const { pool } = attacked();
    const { client, parameters } = await srpBegun(pool);
    const block = String(parameters["SECRET_BLOCK"]);
    const forged = `${block.startsWith("A") ? "B" : "A"}${block.slice(1)}`;
    const claim = await client.respond({ ...parameters, SECRET_BLOCK: forged }, PASSWORD);
    expect(await respond(pool, verifier(claim))).toBe(
      "NotAuthorizedException: Invalid session for the user.",
    );
    const right = await client.respond(parameters, PASSWORD);
    expect(await respond(pool, verifier({ ...right, PASSWORD_CLAIM_SIGNATURE: "AAAA" }))).toBe(WRONG);
    expect(await respond(pool, verifier(right))).toContain("session can only be used once");
  });

  it("fails with the secret block of one's own exchange", async () => {
    const { pool } = attacked();
    const own = await srpBegun(pool, ATTACKER);
    const claim = await own.client.respond(own.parameters, PASSWORD);
    expect(await respond(pool, verifier({ ...claim, USERNAME: VICTIM }))).toBe(
      "NotAuthorizedException: Invalid session for the user.",
    );
  });

  it.each([
    ["of an hour ago", -60 * MINUTE],
    ["of an hour ahead", 60 * MINUTE],
  ])("fails with a timestamp %s", async (_, shift) => {
    const { pool, wait } = attacked();
    wait(-shift);
    const { client, parameters } = await srpBegun(pool);
    expect(await respond(pool, verifier(await client.respond(parameters, PASSWORD, timestampNow())))).toBe(
      WRONG,
    );
  });

  it.each(["", "now", "2026-11-29T06:00:00Z", "Sun Nov 09 06:00:00 UTC 2026", "So Nov 29 06:00:00 UTC 2026"])(
    "fails with the timestamp %j",
    async (timestamp) => {
      const { pool } = attacked();
      const { client, parameters } = await srpBegun(pool);
      const claim = await client.respond(parameters, PASSWORD, timestamp);
      expect(await respond(pool, verifier(claim))).toContain("InvalidParameterException");
    },
  );

  it("fails with a signature for another time than the one that is sent", async () => {
    const { pool } = attacked();
    const { client, parameters } = await srpBegun(pool);
    const claim = await client.respond(parameters, PASSWORD, "Sat Nov 28 06:00:00 UTC 2026");
    expect(await respond(pool, verifier({ ...claim, TIMESTAMP: timestampNow() }))).toBe(WRONG);
  });

  it("fails with the former password, though it was begun before the change", async () => {
    const { pool } = attacked();
    const { client, parameters } = await srpBegun(pool);
    const administrator = { UserPoolId: "us-east-1_LocalPool", Username: VICTIM, Permanent: true };
    await call(pool, "AdminSetUserPassword", { ...administrator, Password: `${PASSWORD}!` });
    expect(await respond(pool, verifier(await client.respond(parameters, PASSWORD)))).toBe(WRONG);
  });
});

describe("guessing", () => {
  it("of passwords is slowed down by name, address and sub together", async () => {
    const { pool } = attacked();
    for (const name of [VICTIM, `sub-of-${VICTIM}`, VICTIM.toUpperCase(), VICTIM, VICTIM]) {
      expect(await outcome(pool, "InitiateAuth", byPassword(name, "guess"))).toBe(WRONG);
    }
    for (const name of [VICTIM, `sub-of-${VICTIM}`]) {
      expect(await outcome(pool, "InitiateAuth", byPassword(name))).toContain("Password attempts exceeded");
      expect(await outcome(pool, "InitiateAuth", srp(name, "2"))).toContain("Password attempts exceeded");
    }
  });

  it("of codes is slowed down, whatever session and password come along", async () => {
    const { pool, wait, codeNow } = attacked(withToken);
    const guess = async (SOFTWARE_TOKEN_MFA_CODE: string) =>
      respond(pool, answerTo(await begin(pool), { USERNAME: VICTIM, SOFTWARE_TOKEN_MFA_CODE }));
    for (let time = 0; time < 5; time++) expect(await guess("guess")).toContain("CodeMismatchException");
    expect(await guess(codeNow())).toContain("Too many invalid credentials attempts.");
    wait(1000);
    expect(await guess(codeNow())).toBe("answered");
  });

  it("of codes in place of a password is slowed down, too", async () => {
    const { pool } = attacked();
    const request = {
      ClientId: "webclient",
      AuthFlow: "USER_AUTH",
      AuthParameters: { USERNAME: VICTIM, PREFERRED_CHALLENGE: "EMAIL_OTP" },
    };
    const guess = async (code?: string) => {
      const challenge = await call(pool, "InitiateAuth", request);
      const EMAIL_OTP_CODE = code ?? pool.mailbox.list(VICTIM)[0]?.code;
      return respond(pool, answerTo(challenge, { USERNAME: VICTIM, EMAIL_OTP_CODE }));
    };
    for (let time = 0; time < 5; time++) expect(await guess("guess")).toContain("CodeMismatchException");
    expect(await guess()).toContain("Too many invalid credentials attempts.");
  });

  it("by a code that was seen fails, in the same session and in another", async () => {
    const { pool, codeNow } = attacked(withToken);
    const sessions = [await begin(pool), await begin(pool)];
    const answers = sessions.map((challenge) =>
      answerTo(challenge, { USERNAME: VICTIM, SOFTWARE_TOKEN_MFA_CODE: codeNow() }),
    );
    const [first, second] = answers;
    expect(await respond(pool, first ?? {})).toBe("answered");
    expect(await respond(pool, second ?? {})).toContain("ExpiredCodeException");
    expect(await respond(pool, first ?? {})).toContain("session can only be used once");
  });
});

describe("a refresh token", () => {
  it("of another client, or made up for a known sign-in, gives nothing", async () => {
    const { pool } = attacked();
    const { RefreshToken } = tokensOf(await begin(pool));
    const refresh = (ClientId: string, token: unknown) =>
      outcome(pool, "GetTokensFromRefreshToken", { ClientId, RefreshToken: token });
    expect(await refresh("otherclient", RefreshToken)).toBe("NotAuthorizedException: Invalid Refresh Token");
    const [id] = String(RefreshToken).split(".");
    expect(await refresh("webclient", `${id}.${"A".repeat(64)}`)).toBe(
      "NotAuthorizedException: Invalid Refresh Token",
    );
    expect(await refresh("webclient", RefreshToken)).toBe("answered");
  });
});

describe("a name without a user", () => {
  /** What an answer shows, without what is new each time. */
  const shape = (answer: JsonObject): unknown => [
    answer["ChallengeName"],
    Object.keys(objectOf(answer["ChallengeParameters"])).sort(),
    Object.keys(answer).sort(),
    answer["AvailableChallenges"],
  ];

  it.each<[string, JsonObject]>([
    ["USER_SRP_AUTH", { SRP_A: "2" }],
    ["USER_AUTH", {}],
    ["USER_AUTH", { PREFERRED_CHALLENGE: "EMAIL_OTP" }],
    ["USER_AUTH", { PREFERRED_CHALLENGE: "PASSWORD" }],
    ["USER_AUTH", { PREFERRED_CHALLENGE: "PASSWORD_SRP", SRP_A: "2" }],
  ])("gets the challenge that a user gets: %s %j", async (AuthFlow, parameters) => {
    const { pool } = attacked();
    const ask = (USERNAME: string) =>
      call(pool, "InitiateAuth", {
        ClientId: "webclient",
        AuthFlow,
        AuthParameters: { USERNAME, ...parameters },
      });
    const answer = await ask("bob@example.com");
    expect(shape(answer)).toEqual(shape(await ask(VICTIM)));
    // The username of a user is a UUID here, and so is that of no one.
    expect(objectOf(answer["ChallengeParameters"])["USERNAME"]).toMatch(/^[\da-f-]{36}$/);
  });

  it("fails at each of them as a user fails, and is locked as a user is", async () => {
    const { pool } = attacked();
    for (const name of [VICTIM, "bob@example.com"]) {
      const outcomes: string[] = [];
      for (let time = 0; time < 6; time++) {
        outcomes.push(await outcome(pool, "InitiateAuth", byPassword(name, "guess")));
      }
      expect(outcomes.slice(0, 5)).toEqual(Array<string>(5).fill(WRONG));
      expect(outcomes[5]).toContain("Password attempts exceeded");
    }
  });

  it("has a password in the eyes of SRP that no guess opens, and the same salt each time", async () => {
    const { pool } = attacked();
    const { client, parameters } = await srpBegun(pool, "bob@example.com");
    const other = await srpBegun(pool, "bob@example.com");
    expect(other.parameters["SALT"]).toBe(parameters["SALT"]);
    expect(await respond(pool, verifier(await client.respond(parameters, PASSWORD)))).toBe(WRONG);
  });

  it("answers a code as a user does", async () => {
    const { pool } = attacked();
    for (const USERNAME of [VICTIM, "bob@example.com"]) {
      const AuthParameters = { USERNAME, PREFERRED_CHALLENGE: "EMAIL_OTP" };
      const challenge = await call(pool, "InitiateAuth", {
        ClientId: "webclient",
        AuthFlow: "USER_AUTH",
        AuthParameters,
      });
      expect(await respond(pool, answerTo(challenge, { USERNAME, EMAIL_OTP_CODE: "guess" }))).toBe(
        "CodeMismatchException: Invalid code or auth state for the user.",
      );
    }
    expect(pool.mailbox.list("bob@example.com")).toEqual([]);
  });
});

test("the store has neither passwords nor refresh tokens in it", async () => {
  const { pool, store } = attacked();
  const tokens = await begin(pool);
  await call(pool, "ChangePassword", {
    AccessToken: accessTokenOf(tokens),
    PreviousPassword: PASSWORD,
    ProposedPassword: `${PASSWORD}!`,
  });
  const kept = JSON.stringify(["users", "sign-ins", "secrets"].map((name) => [...store.entries(name)]));
  expect(kept).toContain(VICTIM);
  expect(kept).not.toContain(PASSWORD);
  expect(kept).not.toContain(String(tokensOf(tokens)["RefreshToken"]));
});
