import type { ClientConfig } from "../../../../../src/tools/cognito/config/pool-config.ts";
import type { Pool } from "../../../../../src/tools/cognito/pool.ts";
import { addUser, byPassword, call, outcome, tokensOf } from "../../../../support/pool-users.ts";
import { testClient, testPool } from "../../../../support/user-pool.ts";

const EMAIL = "ada@example.com";
const REVOKED = "NotAuthorizedException: Access Token has been revoked";

function poolWith(...clients: readonly ClientConfig[]): Pool {
  const pool = testPool({ config: { clients: clients.length === 0 ? [testClient()] : clients } });
  addUser(pool, EMAIL);
  return pool;
}

const signedIn = async (pool: Pool, ClientId = "webclient") =>
  tokensOf(await call(pool, "InitiateAuth", { ...byPassword(EMAIL), ClientId }));

const refreshed = (pool: Pool, RefreshToken: unknown, ClientId = "webclient") =>
  outcome(pool, "GetTokensFromRefreshToken", { ClientId, RefreshToken });

const usable = (pool: Pool, AccessToken: unknown) => outcome(pool, "GetUser", { AccessToken });

describe("RevokeToken", () => {
  it("ends the sign-in of the token, and no other one of the user", async () => {
    const pool = poolWith();
    const [one, other] = [await signedIn(pool), await signedIn(pool)];
    expect(await call(pool, "RevokeToken", { ClientId: "webclient", Token: one["RefreshToken"] })).toEqual(
      {},
    );
    expect(await refreshed(pool, one["RefreshToken"])).toBe(
      "NotAuthorizedException: Refresh Token has been revoked",
    );
    expect(await usable(pool, one["AccessToken"])).toBe(REVOKED);
    expect(await refreshed(pool, other["RefreshToken"])).toBe("answered");
    expect(await usable(pool, other["AccessToken"])).toBe("answered");
  });

  it("ends every token of a rotating family, by any of them", async () => {
    const pool = poolWith(testClient({ RefreshTokenRotation: { Feature: "ENABLED" } }));
    const first = await signedIn(pool);
    const request = { ClientId: "webclient", RefreshToken: first["RefreshToken"] };
    const second = tokensOf(await call(pool, "GetTokensFromRefreshToken", request));
    await call(pool, "RevokeToken", { ClientId: "webclient", Token: first["RefreshToken"] });
    expect(await refreshed(pool, second["RefreshToken"])).toContain("revoked");
    expect(await usable(pool, second["AccessToken"])).toBe(REVOKED);
  });

  it("takes no notice of a token of another client, or of none", async () => {
    const pool = poolWith(testClient(), testClient({}, "other"));
    const { RefreshToken } = await signedIn(pool);
    for (const Token of [RefreshToken, "x"]) {
      expect(await call(pool, "RevokeToken", { ClientId: "otherclient", Token })).toEqual({});
    }
    expect(await refreshed(pool, RefreshToken)).toBe("answered");
  });

  it("refuses access tokens, and clients without revocation", async () => {
    const pool = poolWith(testClient(), testClient({ EnableTokenRevocation: false }, "other"));
    const { AccessToken, RefreshToken } = await signedIn(pool);
    expect(await outcome(pool, "RevokeToken", { ClientId: "webclient", Token: AccessToken })).toContain(
      "UnsupportedTokenTypeException",
    );
    expect(await outcome(pool, "RevokeToken", { ClientId: "otherclient", Token: RefreshToken })).toContain(
      "UnsupportedOperationException",
    );
    const linked = { ClientId: "webclient", Token: RefreshToken, RevokeAssociatedSessions: "LINKED" };
    expect(await outcome(pool, "RevokeToken", linked)).toContain("does not simulate");
  });
});

describe("a global sign-out", () => {
  it.each(["by the user", "by an administrator"])(
    "%s ends every sign-in, through whatever client",
    async (by) => {
      const pool = poolWith(testClient(), testClient({ EnableTokenRevocation: false }, "other"));
      const [one, other] = [await signedIn(pool), await signedIn(pool, "otherclient")];
      const [operation, request] =
        by === "by the user"
          ? ["GlobalSignOut", { AccessToken: one["AccessToken"] }]
          : ["AdminUserGlobalSignOut", { UserPoolId: "us-east-1_LocalPool", Username: EMAIL }];
      expect(await call(pool, operation, request)).toEqual({});
      expect(await refreshed(pool, one["RefreshToken"])).toContain("revoked");
      expect(await refreshed(pool, other["RefreshToken"], "otherclient")).toContain("revoked");
      for (const { AccessToken } of [one, other]) expect(await usable(pool, AccessToken)).toBe(REVOKED);
      expect(await usable(pool, (await signedIn(pool))["AccessToken"])).toBe("answered");
    },
  );

  it("leaves other users alone", async () => {
    const pool = poolWith();
    addUser(pool, "eve@example.com");
    const eve = tokensOf(await call(pool, "InitiateAuth", byPassword("eve@example.com")));
    await call(pool, "GlobalSignOut", { AccessToken: (await signedIn(pool))["AccessToken"] });
    expect(await usable(pool, eve["AccessToken"])).toBe("answered");
  });
});
