import type { JsonObject } from "../../../../../src/json.ts";
import { secretHashOf } from "../../../../../src/tools/cognito/auth/secret-hash.ts";
import type { ClientConfig } from "../../../../../src/tools/cognito/config/pool-config.ts";
import type { Pool } from "../../../../../src/tools/cognito/pool.ts";
import {
  addUser,
  byPassword,
  call,
  claimsOf,
  outcome,
  PASSWORD,
  tokensOf,
} from "../../../../support/pool-users.ts";
import { testClient, testPool } from "../../../../support/user-pool.ts";

const EMAIL = "ada@example.com";
const DAY = 86_400_000;

function poolWith(client: ClientConfig, triggers: Parameters<typeof testPool>[0] = {}) {
  let now = Date.parse("2026-11-29T06:00:00Z");
  const pool = testPool({ config: { clients: [client] }, now: () => now, ...triggers });
  addUser(pool, EMAIL);
  return { pool, wait: (ms: number) => (now += ms) };
}

async function signedIn(pool: Pool): Promise<JsonObject> {
  return tokensOf(await call(pool, "InitiateAuth", byPassword(EMAIL)));
}

const byFlow = (token: unknown): JsonObject => ({
  ClientId: "webclient",
  AuthFlow: "REFRESH_TOKEN_AUTH",
  AuthParameters: { REFRESH_TOKEN: token },
});

const byOperation = (token: unknown): JsonObject => ({ ClientId: "webclient", RefreshToken: token });

const rotating = (RetryGracePeriodSeconds: number) =>
  testClient({ RefreshTokenRotation: { Feature: "ENABLED", RetryGracePeriodSeconds } });

describe("a refresh", () => {
  it("continues the sign-in: same origin and time of authentication, no other refresh token", async () => {
    const { pool, wait } = poolWith(testClient());
    const before = await signedIn(pool);
    wait(60_000);
    for (const [operation, request] of [
      ["InitiateAuth", byFlow(before["RefreshToken"])],
      ["GetTokensFromRefreshToken", byOperation(before["RefreshToken"])],
    ] as const) {
      const after = tokensOf(await call(pool, operation, request));
      expect(after).not.toHaveProperty("RefreshToken");
      const [was, is] = [claimsOf(before["AccessToken"]), claimsOf(after["AccessToken"])];
      expect(is).toMatchObject({ origin_jti: was["origin_jti"], auth_time: was["auth_time"] });
      expect(is["iat"]).toBe(Number(was["iat"]) + 60);
      expect(is["jti"]).not.toBe(was["jti"]);
    }
  });

  it("runs PreTokenGeneration and not PostAuthentication, with the metadata of GetTokensFromRefreshToken", async () => {
    const seen: unknown[] = [];
    const record = (event: { triggerSource: string; request: { clientMetadata?: object } }) => {
      seen.push([event.triggerSource, event.request.clientMetadata]);
      return event;
    };
    const { pool } = poolWith(testClient(), {
      triggers: { PreTokenGeneration: record, PostAuthentication: record },
      config: {},
    });
    const { RefreshToken } = await signedIn(pool);
    seen.length = 0;
    await call(pool, "InitiateAuth", { ...byFlow(RefreshToken), ClientMetadata: { a: "b" } });
    await call(pool, "GetTokensFromRefreshToken", {
      ...byOperation(RefreshToken),
      ClientMetadata: { a: "b" },
    });
    expect(seen).toEqual([
      ["TokenGeneration_RefreshTokens", undefined],
      ["TokenGeneration_RefreshTokens", { a: "b" }],
    ]);
  });

  it("ends when the refresh token expires", async () => {
    const { pool, wait } = poolWith(testClient());
    const { RefreshToken } = await signedIn(pool);
    wait(30 * DAY - 1);
    expect(await outcome(pool, "InitiateAuth", byFlow(RefreshToken))).toBe("answered");
    wait(1);
    expect(await outcome(pool, "InitiateAuth", byFlow(RefreshToken))).toBe(
      "NotAuthorizedException: Refresh Token has expired",
    );
  });

  it("is not for a disabled user, nor for a token that the pool did not give", async () => {
    const { pool } = poolWith(testClient());
    const { RefreshToken } = await signedIn(pool);
    for (const token of ["x", `${String(RefreshToken)}x`, String(RefreshToken).split(".")[0]]) {
      expect(await outcome(pool, "InitiateAuth", byFlow(token))).toBe(
        "NotAuthorizedException: Invalid Refresh Token",
      );
    }
    addUser(pool, EMAIL, { enabled: false });
    expect(await outcome(pool, "InitiateAuth", byFlow(RefreshToken))).toBe(
      "NotAuthorizedException: User is disabled.",
    );
  });
});

describe("a client that rotates refresh tokens", () => {
  it("gets another one each time, for the time that was left", async () => {
    const { pool, wait } = poolWith(rotating(0));
    const first = await signedIn(pool);
    wait(29 * DAY);
    const second = tokensOf(
      await call(pool, "GetTokensFromRefreshToken", byOperation(first["RefreshToken"])),
    );
    expect(second["RefreshToken"]).not.toBe(first["RefreshToken"]);
    wait(DAY);
    expect(await outcome(pool, "GetTokensFromRefreshToken", byOperation(second["RefreshToken"]))).toContain(
      "expired",
    );
  });

  it("cannot use one again after its grace period", async () => {
    const { pool, wait } = poolWith(rotating(10));
    const { RefreshToken } = await signedIn(pool);
    await call(pool, "GetTokensFromRefreshToken", byOperation(RefreshToken));
    wait(9_999);
    const retried = tokensOf(await call(pool, "GetTokensFromRefreshToken", byOperation(RefreshToken)));
    wait(1);
    expect(await outcome(pool, "GetTokensFromRefreshToken", byOperation(RefreshToken))).toContain(
      "RefreshTokenReuseException",
    );
    expect(await outcome(pool, "GetTokensFromRefreshToken", byOperation(retried["RefreshToken"]))).toBe(
      "answered",
    );
  });

  it("keeps each token that two refreshes at once gave", async () => {
    const { pool, wait } = poolWith(rotating(10));
    const { RefreshToken } = await signedIn(pool);
    const refresh = () => call(pool, "GetTokensFromRefreshToken", byOperation(RefreshToken));
    const answers = await Promise.all([refresh(), refresh()]);
    wait(60_000);
    for (const answer of answers) {
      const next = byOperation(tokensOf(answer)["RefreshToken"]);
      expect(await outcome(pool, "GetTokensFromRefreshToken", next)).toBe("answered");
    }
  });

  it("loses the second of two refreshes at once where there is no grace period", async () => {
    const { pool } = poolWith(rotating(0));
    const { RefreshToken } = await signedIn(pool);
    const refresh = () => outcome(pool, "GetTokensFromRefreshToken", byOperation(RefreshToken));
    const [first, second] = await Promise.all([refresh(), refresh()]);
    expect([first, second].filter((text) => text === "answered")).toHaveLength(1);
  });

  it("does not use REFRESH_TOKEN_AUTH", async () => {
    const { pool } = poolWith(rotating(10));
    const { RefreshToken } = await signedIn(pool);
    expect(await outcome(pool, "InitiateAuth", byFlow(RefreshToken))).toContain("InvalidParameterException");
  });
});

describe("a client with a secret", () => {
  const client = testClient({}, "web", "s3cret");
  const hashFor = (name: string) => secretHashOf("webclient", "s3cret", name);
  const signIn = (SECRET_HASH?: string): JsonObject => ({
    ...byPassword(EMAIL),
    AuthParameters: { USERNAME: EMAIL, PASSWORD, ...(SECRET_HASH === undefined ? {} : { SECRET_HASH }) },
  });

  it("proves it at each step, with the name of the request; at a refresh with the username", async () => {
    const { pool } = poolWith(client);
    expect(await outcome(pool, "InitiateAuth", signIn())).toBe(
      "NotAuthorizedException: Client webclient is configured with secret but SECRET_HASH was not received",
    );
    expect(await outcome(pool, "InitiateAuth", signIn("wrong"))).toBe(
      "NotAuthorizedException: Unable to verify secret hash for client webclient",
    );
    const { RefreshToken } = tokensOf(await call(pool, "InitiateAuth", signIn(hashFor(EMAIL))));
    const refresh = (SECRET_HASH: string) => ({
      ...byFlow(RefreshToken),
      AuthParameters: { REFRESH_TOKEN: RefreshToken, SECRET_HASH },
    });
    expect(await outcome(pool, "InitiateAuth", refresh(hashFor(EMAIL)))).toBe(
      "NotAuthorizedException: SecretHash does not match for the client: webclient",
    );
    expect(await outcome(pool, "InitiateAuth", refresh(hashFor(`sub-of-${EMAIL}`)))).toBe("answered");
  });

  it("proves it to answer a challenge", async () => {
    const { pool } = poolWith(client);
    addUser(pool, EMAIL, { status: "FORCE_CHANGE_PASSWORD" });
    const challenge = await call(pool, "InitiateAuth", signIn(hashFor(EMAIL)));
    const answer = (responses: JsonObject) => ({
      ClientId: "webclient",
      ChallengeName: challenge["ChallengeName"],
      Session: challenge["Session"],
      ChallengeResponses: { USERNAME: EMAIL, NEW_PASSWORD: `${PASSWORD}!`, ...responses },
    });
    expect(await outcome(pool, "RespondToAuthChallenge", answer({}))).toContain(
      "SECRET_HASH was not received",
    );
    expect(await outcome(pool, "RespondToAuthChallenge", answer({ SECRET_HASH: hashFor(EMAIL) }))).toBe(
      "answered",
    );
  });

  it("gives the secret itself to GetTokensFromRefreshToken and RevokeToken", async () => {
    const { pool } = poolWith(client);
    const { RefreshToken } = tokensOf(await call(pool, "InitiateAuth", signIn(hashFor(EMAIL))));
    for (const ClientSecret of [undefined, "wrong"]) {
      const refresh = { ...byOperation(RefreshToken), ClientSecret };
      expect(await outcome(pool, "GetTokensFromRefreshToken", refresh)).toContain("NotAuthorizedException");
      const revoke = { ClientId: "webclient", Token: RefreshToken, ClientSecret };
      expect(await outcome(pool, "RevokeToken", revoke)).toContain("UnauthorizedException");
    }
    const right = { ...byOperation(RefreshToken), ClientSecret: "s3cret" };
    expect(await outcome(pool, "GetTokensFromRefreshToken", right)).toBe("answered");
  });
});
