import { objectOf } from "../../../../../src/json.ts";
import { CognitoError } from "../../../../../src/tools/cognito/cognito-error.ts";
import { poolFromFile } from "../../../../../src/tools/cognito/config/from-file.ts";
import { addUser } from "../../../../../src/tools/cognito/operations/add-user.ts";
import type { Pool } from "../../../../../src/tools/cognito/pool.ts";
import { beginSignIn } from "../../../../../src/tools/cognito/tokens/sign-in-tokens.ts";
import { signClaims } from "../../../../../src/tools/cognito/tokens/signing.ts";
import { identityApi } from "../../../../../src/tools/cognito-server/identity-pool/identity-operations.ts";
import { call, claimsOf } from "../../../../support/pool-users.ts";
import { testPool } from "../../../../support/user-pool.ts";

const role = (name: string) => `arn:aws:iam::000000000000:role/${name}`;
const PROVIDER = "cognito-idp.us-east-1.amazonaws.com/us-east-1_LocalPool";

const SETTINGS = {
  Clients: { web: {}, other: {} },
  Groups: {
    admin: { Precedence: 1, RoleArn: role("admin") },
    finance: { Precedence: 2, RoleArn: role("finance") },
    audit: { Precedence: 2, RoleArn: role("audit") },
    plain: {},
  },
  IdentityPool: {
    ServerSideTokenCheck: true,
    Roles: { authenticated: role("signed-in"), unauthenticated: role("guest") },
    RoleMappings: { web: { Type: "Token", AmbiguousRoleResolution: "AuthenticatedRole" } },
  },
};

/** A pool with an identity pool, its API, and the identity token of a user. */
function start(identityPool: object = {}, now = () => Date.now()) {
  const settings = { ...SETTINGS, IdentityPool: { ...SETTINGS.IdentityPool, ...identityPool } };
  const { config } = poolFromFile("config", JSON.stringify(settings));
  const pool = testPool({ config, now });
  const { operations, routes } = identityApi();
  const run = async (name: string, request: object): Promise<Record<string, unknown>> => ({
    ...(await operations[name]?.(pool, { ...request })),
  });
  const refused = async (name: string, request: object): Promise<string> => {
    const error: unknown = await run(name, request).catch((cause: unknown) => cause);
    if (!(error instanceof CognitoError)) throw new Error("it was not refused");
    return `${error.code}: ${error.message}`;
  };
  const IdentityPoolId = config.identityPool?.id;
  return {
    pool,
    IdentityPoolId,
    run,
    refused,
    decisions: async () => {
      const answer = await routes["GET /_identity-roles"]?.(pool, {} as never);
      return objectOf(JSON.parse(answer?.body ?? "{}"))["decisions"];
    },
    /** Both calls, as the SDK makes them. */
    credentials: async (token: string, more: object = {}) => {
      const Logins = { [PROVIDER]: token };
      const { IdentityId } = await run("GetId", { IdentityPoolId, Logins });
      return run("GetCredentialsForIdentity", { IdentityId, Logins, ...more });
    },
  };
}

async function tokens(pool: Pool, username: string, groups: readonly string[] = [], client = "web") {
  const user = pool.users.find(username) ?? addUser(pool, { username, groups });
  const config = pool.config.clients.find(({ name }) => name === client);
  if (config === undefined) throw new Error(`no client ${client}`);
  return beginSignIn(pool, user, config, { source: "TokenGeneration_Authentication", scopes: [] });
}

const sessionToken = (answer: object) => objectOf(objectOf(answer)["Credentials"])["SessionToken"];

test("a user gets the role that the token prefers, as placeholders for an hour, and the reason is told", async () => {
  const { pool, credentials, decisions } = start({}, () => 1_700_000_000_000);
  const { idToken } = await tokens(pool, "ann", ["finance", "admin"]);

  expect(await credentials(idToken)).toEqual({
    IdentityId: expect.stringMatching(/^us-east-1:[0-9a-f-]{36}$/) as string,
    Credentials: {
      AccessKeyId: "ASIALOCALPLACEHOLDER",
      SecretKey: "placeholder-that-no-aws-service-takes",
      SessionToken: `placeholder for ${role("admin")}`,
      Expiration: 1_700_003_600,
    },
  });
  expect(await decisions()).toMatchObject([
    { username: "ann", role: role("admin"), why: "cognito:preferred_role of the token" },
  ]);
});

test.each([
  ["no group with a role", ["plain"], "signed-in"],
  ["a tie of two roles", ["finance", "audit"], "signed-in"],
])(
  "%s gives the role of all users, where the mapping says so, and nothing where it denies",
  async (_, groups, name) => {
    const lenient = start();
    const { idToken } = await tokens(lenient.pool, "ann", groups);
    expect(sessionToken(await lenient.credentials(idToken))).toBe(`placeholder for ${role(name)}`);

    const strict = start({ RoleMappings: { web: { Type: "Token", AmbiguousRoleResolution: "Deny" } } });
    const other = await tokens(strict.pool, "ann", groups);
    await expect(strict.credentials(other.idToken)).rejects.toMatchObject({
      code: "NotAuthorizedException",
      message: expect.stringContaining("AmbiguousRoleResolution denies") as string,
    });
  },
);

test("the session tags of the credentials are told, of the claims that the token has as text", async () => {
  const PrincipalTags = { tenant: "custom:tenant", account: "sub", group: "cognito:groups" };
  const { pool, credentials, decisions } = start({ PrincipalTags });
  const { idToken } = await tokens(pool, "ann", ["plain"]);
  await credentials(idToken);
  const account = pool.users.find("ann")?.attributes["sub"];
  expect(await decisions()).toMatchObject([{ principalTags: { account } }]);
  expect(objectOf([await decisions()].flat()[0])["principalTags"]).not.toHaveProperty("group");
});

test("an access token is not a login, whatever audience a trigger gave it", async () => {
  const { pool, IdentityPoolId, refused } = start();
  const { accessToken } = await tokens(pool, "ann");
  const token = signClaims(
    { ...claimsOf(accessToken), aud: pool.config.clients[0]?.id },
    pool.keys.current().access,
  );
  expect(await refused("GetId", { IdentityPoolId, Logins: { [PROVIDER]: token } })).toBe(
    "NotAuthorizedException: Invalid login token. Not an ID token",
  );
});

test("a caller may ask for a role of the token, and for no other", async () => {
  const { pool, credentials } = start();
  const { idToken } = await tokens(pool, "ann", ["finance", "admin"]);
  const asked = await credentials(idToken, { CustomRoleArn: role("finance") });
  expect(sessionToken(asked)).toBe(`placeholder for ${role("finance")}`);
  await expect(credentials(idToken, { CustomRoleArn: role("root") })).rejects.toMatchObject({
    code: "NotAuthorizedException",
  });
});

test("the first rule that matches counts, and one about a missing claim never does", async () => {
  const rule = (Claim: string, MatchType: string, Value: string, name: string) => ({
    Claim,
    MatchType,
    Value,
    RoleARN: role(name),
  });
  const rules = start({
    RoleMappings: {
      web: {
        Type: "Rules",
        AmbiguousRoleResolution: "Deny",
        RulesConfiguration: {
          Rules: [
            rule("custom:absent", "NotEqual", "x", "never"),
            rule("cognito:groups", "Contains", "fin", "finance"),
            rule("cognito:username", "StartsWith", "an", "ann"),
            rule("cognito:username", "Equals", "bob", "bob"),
          ],
        },
      },
    },
  });
  const roleOf = async (name: string, groups: readonly string[] = []) =>
    sessionToken(await rules.credentials((await tokens(rules.pool, name, groups)).idToken));

  expect(await roleOf("ann", ["finance"])).toBe(`placeholder for ${role("finance")}`);
  expect(await roleOf("anna")).toBe(`placeholder for ${role("ann")}`);
  expect(await roleOf("bob")).toBe(`placeholder for ${role("bob")}`);
  await expect(roleOf("cid")).rejects.toMatchObject({ code: "NotAuthorizedException" });
  expect(await rules.decisions()).toMatchObject([
    { username: "cid", why: "no rule matches; AmbiguousRoleResolution denies" },
    { username: "bob", why: "rule 4: cognito:username Equals bob" },
    {},
    {},
  ]);
});

test("a client without a mapping gives the role of all users, unless the caller asks for another", async () => {
  const { pool, credentials } = start();
  const { idToken } = await tokens(pool, "ann", ["admin"], "other");
  expect(sessionToken(await credentials(idToken))).toBe(`placeholder for ${role("signed-in")}`);
  await expect(credentials(idToken, { CustomRoleArn: role("admin") })).rejects.toThrow();
});

test("guests get their role where the pool lets them in, each with an identity of their own", async () => {
  const closed = start();
  expect(await closed.refused("GetId", { IdentityPoolId: closed.IdentityPoolId })).toBe(
    "NotAuthorizedException: Unauthenticated access is not supported for this identity pool.",
  );
  const open = start({ AllowUnauthenticatedIdentities: true });
  const { IdentityId } = await open.run("GetId", { IdentityPoolId: open.IdentityPoolId });
  expect((await open.run("GetId", { IdentityPoolId: open.IdentityPoolId }))["IdentityId"]).not.toBe(
    IdentityId,
  );
  const answer = await open.run("GetCredentialsForIdentity", { IdentityId });
  expect(sessionToken(answer)).toBe(`placeholder for ${role("guest")}`);
});

test("a guest who signs in keeps the identity, which is closed to guests from then on", async () => {
  const { pool, run, refused, IdentityPoolId } = start({ AllowUnauthenticatedIdentities: true });
  const { IdentityId } = await run("GetId", { IdentityPoolId });
  const Logins = { [PROVIDER]: (await tokens(pool, "ann")).idToken };
  expect(await run("GetCredentialsForIdentity", { IdentityId, Logins })).toMatchObject({ IdentityId });
  expect(await run("GetId", { IdentityPoolId, Logins })).toEqual({ IdentityId });
  expect(await refused("GetCredentialsForIdentity", { IdentityId })).toBe(
    `NotAuthorizedException: Access to Identity '${String(IdentityId)}' is forbidden.`,
  );
  const others = { [PROVIDER]: (await tokens(pool, "bob")).idToken };
  expect(await refused("GetCredentialsForIdentity", { IdentityId, Logins: others })).toContain(
    "Logins don't match",
  );
});

describe("a login that is not an ID token of this pool that counts", () => {
  const attempt = async (token: string, pool: ReturnType<typeof start>) =>
    pool.refused("GetId", { IdentityPoolId: pool.IdentityPoolId, Logins: { [PROVIDER]: token } });

  test("an access token", async () => {
    const started = start();
    const { accessToken } = await tokens(started.pool, "ann");
    expect(await attempt(accessToken, started)).toBe(
      "NotAuthorizedException: Invalid login token. Missing a required claim: aud",
    );
  });

  test("a token of another key, of another issuer, for another client, or expired", async () => {
    const started = start();
    const { pool } = started;
    const { idToken } = await tokens(pool, "ann");
    const { id } = pool.keys.current();
    const with_ = (more: object) => signClaims({ ...claimsOf(idToken), ...more }, id);
    const [head, , signature] = idToken.split(".");
    const forged = [
      head,
      Buffer.from(JSON.stringify({ ...claimsOf(idToken), sub: "root" })).toString("base64url"),
      signature,
    ];
    expect(await attempt(forged.join("."), started)).toContain("Couldn't verify signed token");
    expect(await attempt(with_({ iss: "https://evil.example" }), started)).toContain("Issuer doesn't match");
    expect(await attempt(with_({ aud: "nobody" }), started)).toContain("not from a supported provider");
    expect(await attempt(with_({ exp: 1 }), started)).toContain("Token expired");
    expect(await attempt(with_({ exp: "never" }), started)).toContain("Token expired");
    expect(await attempt("x.y.z", started)).toContain("Couldn't verify signed token");
  });

  test("of a provider that the identity pool does not have", async () => {
    const { refused, IdentityPoolId } = start({ AllowUnauthenticatedIdentities: true });
    expect(await refused("GetId", { IdentityPoolId, Logins: { "accounts.google.com": "x" } })).toContain(
      "not from a supported provider",
    );
  });

  test.each([
    ["the user signed out everywhere", "AdminUserGlobalSignOut"],
    ["the user was disabled", "AdminDisableUser"],
    ["the user was deleted", "AdminDeleteUser"],
  ])("with ServerSideTokenCheck: %s", async (_, operation) => {
    const checked = start();
    const unchecked = start({ ServerSideTokenCheck: false });
    for (const started of [checked, unchecked]) {
      const { idToken } = await tokens(started.pool, "ann");
      await call(started.pool, operation, { UserPoolId: "us-east-1_LocalPool", Username: "ann" });
      const answer = await started.credentials(idToken).then(() => "credentials", String);
      expect(answer).toBe(
        started === checked
          ? "CognitoError: Invalid login token. The token does not count any more."
          : "credentials",
      );
    }
  });
});

test("what is not there is named, and the classic flow is refused by its name", async () => {
  const { refused } = start();
  expect(await refused("GetId", { IdentityPoolId: "us-east-1:none" })).toContain(
    "IdentityPool 'us-east-1:none' not found.",
  );
  expect(await refused("GetCredentialsForIdentity", { IdentityId: "x" })).toContain(
    "Identity 'x' not found.",
  );
  expect(await refused("GetOpenIdToken", {})).toBe(
    "InvalidParameterException: this local user pool does not simulate GetOpenIdToken of an identity pool",
  );
});

test("a pool without the role that a caller needs says so", async () => {
  const { pool, credentials } = start({ Roles: {} });
  const { idToken } = await tokens(pool, "ann");
  await expect(credentials(idToken)).rejects.toMatchObject({
    code: "InvalidIdentityPoolConfigurationException",
  });
});
