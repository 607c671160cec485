import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { objectOf, textOf } from "../../../../../../src/json.ts";
import { localSigningKey } from "../../../../../../src/tools/local/personas/signing-key-file.ts";
import type { StoredUser, UserDirectory } from "../../../../../../src/tools/local/pool/cognito-local.ts";
import type { LocalPool } from "../../../../../../src/tools/local/pool/local-pool.ts";
import { getTokensFromRefreshToken } from "../../../../../../src/tools/local/pool/operations/refresh.ts";
import { initiateAuth } from "../../../../../../src/tools/local/pool/operations/sign-in.ts";
import { adminUserGlobalSignOut } from "../../../../../../src/tools/local/pool/operations/sign-out.ts";
import { readPoolPlan } from "../../../../../../src/tools/local/pool/pool-plan.ts";
import { createRefreshToken } from "../../../../../../src/tools/local/pool/tokens/refresh-token.ts";
import { TokenIssuer } from "../../../../../../src/tools/local/pool/tokens/token-issuer.ts";

const directory = mkdtempSync(join(tmpdir(), "claimgate-refresh-"));
const key = localSigningKey(directory);
afterAll(() => rmSync(directory, { recursive: true, force: true }));

const ROTATING = { Feature: "ENABLED", RetryGracePeriodSeconds: 10 };

/** The users of a pool in memory: cognito-local's own store does not load in jest. */
function usersInMemory(only: StoredUser): UserDirectory {
  let user = only;
  return {
    getUserByUsername: (_: unknown, name: string) => Promise.resolve(name === user.Username ? user : null),
    getUserByRefreshToken: (_: unknown, token: string) =>
      Promise.resolve(user.RefreshTokens.includes(token) ? user : null),
    saveUser(_: unknown, saved: StoredUser) {
      user = saved;
      return Promise.resolve();
    },
    listUserGroupMembership: () => Promise.resolve([]),
    listGroups: () => Promise.resolve([]),
  } as unknown as UserDirectory;
}

/** A pool with one user, who is signed in, and one app client, and a clock that the test sets. */
function setUp(client: object) {
  const plan = readPoolPlan({
    Resources: {
      UserPool: { Type: "AWS::Cognito::UserPool" },
      WebClient: { Type: "AWS::Cognito::UserPoolClient", Properties: client },
    },
  });
  const ClientId = plan.clients[0]?.id ?? "";
  const clock = { seconds: 1_800_000_000 };
  const now = () => new Date(clock.seconds * 1000);
  const first = createRefreshToken({ originJti: "o", authTime: clock.seconds, scopes: [] }, ClientId);
  const users = usersInMemory({
    Username: "alice",
    Password: "",
    Attributes: [{ Name: "sub", Value: "alice" }],
    Enabled: true,
    UserStatus: "CONFIRMED",
    RefreshTokens: [first],
    UserCreateDate: now(),
    UserLastModifiedDate: now(),
  });
  const keys = { access: key, id: key };
  const issuer = new TokenIssuer(plan, keys, () => Promise.reject(new Error("no triggers")), now);
  const stock = { context: { logger: undefined }, users };
  const pool = { plan, keys, stock, issuer, now, exchanged: new Map() } as unknown as LocalPool;
  return {
    pool,
    clock,
    first,
    refresh: async (RefreshToken: string) => {
      const answer = await getTokensFromRefreshToken(pool, { ClientId, RefreshToken });
      return textOf(objectOf(answer["AuthenticationResult"])["RefreshToken"]);
    },
    refreshByFlow: (REFRESH_TOKEN: string) =>
      initiateAuth(pool, { ClientId, AuthFlow: "REFRESH_TOKEN_AUTH", AuthParameters: { REFRESH_TOKEN } }),
  };
}

const REFUSED = { code: "NotAuthorizedException" };

describe("a refresh where the client rotates", () => {
  it("gives another refresh token, which is valid from then on", async () => {
    const { first, refresh, clock } = setUp({ RefreshTokenRotation: ROTATING });

    const second = (await refresh(first)) ?? "";

    expect(second).not.toBe(first);
    clock.seconds += 3600;
    expect(await refresh(second)).toEqual(expect.any(String));
  });

  it("accepts the old one for the grace period, counted from the first exchange", async () => {
    const { first, refresh, clock } = setUp({ RefreshTokenRotation: ROTATING });
    await refresh(first);

    clock.seconds += 9;
    expect(await refresh(first)).toEqual(expect.any(String));

    clock.seconds += 1;
    await expect(refresh(first)).rejects.toMatchObject(REFUSED);
  });

  it("ends the old one at once without a grace period", async () => {
    const { first, refresh } = setUp({ RefreshTokenRotation: { Feature: "ENABLED" } });
    await refresh(first);

    await expect(refresh(first)).rejects.toMatchObject(REFUSED);
  });

  it("ends with a sign-out everywhere, for old and new ones", async () => {
    const { pool, first, refresh } = setUp({ RefreshTokenRotation: ROTATING });
    const second = (await refresh(first)) ?? "";

    await adminUserGlobalSignOut(pool, { Username: "alice" });

    await expect(refresh(first)).rejects.toMatchObject(REFUSED);
    await expect(refresh(second)).rejects.toMatchObject(REFUSED);
  });

  it("works through no other flow", async () => {
    const client = { RefreshTokenRotation: ROTATING, ExplicitAuthFlows: ["ALLOW_USER_SRP_AUTH"] };
    const { first, refreshByFlow } = setUp(client);

    await expect(refreshByFlow(first)).rejects.toMatchObject({ code: "InvalidParameterException" });
  });
});

describe("a refresh where the client does not rotate", () => {
  it("gives no other refresh token in either flow, and the old one stays valid", async () => {
    const client = { RefreshTokenRotation: { Feature: "DISABLED" } };
    const { first, refresh, refreshByFlow } = setUp(client);

    expect(await refresh(first)).toBeUndefined();
    const answer = await refreshByFlow(first);

    expect(objectOf(answer["AuthenticationResult"])).not.toHaveProperty("RefreshToken");
    expect(await refresh(first)).toBeUndefined();
  });
});
