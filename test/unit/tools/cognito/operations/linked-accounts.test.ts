import { jsonIn, objectsOf } from "../../../../../src/json.ts";
import type { User } from "../../../../../src/tools/cognito/directory/user.ts";
import { call, confirmedUser, named, refusal, userNamed } from "../../../../support/pool-calls.ts";
import { testPool } from "../../../../support/user-pool.ts";

const providers = ["Google", "Okta"].map((name) => ({ name, type: "OIDC", attributeMapping: {} }));
const now = 1_800_000_000_000;

const account = (ProviderAttributeValue: string, ProviderName = "Google") => ({
  ProviderName,
  ProviderAttributeName: "Cognito_Subject",
  ProviderAttributeValue,
});

async function poolWithAlice() {
  const pool = testPool({ config: { providers }, now: () => now });
  const username = await confirmedUser(pool, "alice@example.com");
  const DestinationUser = { ProviderName: "Cognito", ProviderAttributeValue: username };
  const link = (SourceUser: object) => ({ DestinationUser, SourceUser });
  return { pool, username, link };
}

test("an account of a provider is linked to a user, and the link is shown", async () => {
  const { pool, username, link } = await poolWithAlice();
  expect(await call(pool, "AdminLinkProviderForUser", link(account("g1")))).toEqual({});
  expect(pool.users.byIdentity("Google", "g1")?.username).toBe(username);
  const shown = await call(pool, "AdminGetUser", { Username: username });
  const identities = jsonIn(named(shown["UserAttributes"])["identities"] ?? "");
  expect(objectsOf(identities)).toEqual([
    {
      userId: "g1",
      providerName: "Google",
      providerType: "OIDC",
      issuer: null,
      primary: false,
      dateCreated: now,
    },
  ]);
  await call(pool, "AdminDisableProviderForUser", { User: account("g1") });
  expect(pool.users.byIdentity("Google", "g1")).toBeUndefined();
  expect(userNamed(pool, username).identities).toEqual([]);
});

test("an account is linked once, and to one user", async () => {
  const { pool, link } = await poolWithAlice();
  await call(pool, "AdminLinkProviderForUser", link(account("g1")));
  expect(await refusal(pool, "AdminLinkProviderForUser", link(account("g1")))).toBe(
    "InvalidParameterException: SourceUser is already linked to DestinationUser",
  );
  const bob = await confirmedUser(pool, "bob@example.com");
  const toBob = { DestinationUser: { ProviderName: "Cognito", ProviderAttributeValue: bob } };
  const merging =
    "InvalidParameterException: Merging is not currently supported, provide a SourceUser that has not been signed up in order to link";
  expect(await refusal(pool, "AdminLinkProviderForUser", { ...toBob, SourceUser: account("g1") })).toBe(
    merging,
  );
  // One who signed in by the provider before has a profile of its own.
  const profile: User = { ...userNamed(pool, bob), username: "Google_g2", attributes: { sub: "other" } };
  pool.users.save({ ...profile, status: "EXTERNAL_PROVIDER" });
  expect(await refusal(pool, "AdminLinkProviderForUser", { ...toBob, SourceUser: account("g2") })).toBe(
    merging,
  );
});

test("a user has five accounts at most", async () => {
  const { pool, link } = await poolWithAlice();
  for (const id of ["1", "2", "3", "4", "5"]) await call(pool, "AdminLinkProviderForUser", link(account(id)));
  expect(await refusal(pool, "AdminLinkProviderForUser", link(account("6")))).toMatch(
    /^LimitExceededException/,
  );
});

test("a user of a provider is named by its account", async () => {
  const { pool, username, link } = await poolWithAlice();
  await call(pool, "AdminLinkProviderForUser", link(account("g1")));
  const DestinationUser = account("g1");
  await call(pool, "AdminLinkProviderForUser", { DestinationUser, SourceUser: account("o1", "Okta") });
  expect(pool.users.byIdentity("Okta", "o1")?.username).toBe(username);
  expect(
    await refusal(pool, "AdminLinkProviderForUser", {
      DestinationUser: account("g9"),
      SourceUser: account("o2", "Okta"),
    }),
  ).toBe("UserNotFoundException: User does not exist.");
});

test("a provider that the pool does not have, and an attribute other than the subject, are refused", async () => {
  const { pool, link } = await poolWithAlice();
  expect(await refusal(pool, "AdminLinkProviderForUser", link(account("x", "Other")))).toBe(
    "ResourceNotFoundException: Identity provider Other does not exist.",
  );
  const byEmail = { ...account("a@example.com"), ProviderAttributeName: "email" };
  expect(await refusal(pool, "AdminLinkProviderForUser", link(byEmail))).toBe(
    "InvalidParameterException: this local user pool does not simulate ProviderAttributeName email: expected Cognito_Subject",
  );
  expect(await refusal(pool, "AdminDisableProviderForUser", { User: account("g1") })).toBe(
    "UserNotFoundException: User does not exist.",
  );
  expect(await refusal(pool, "AdminDisableProviderForUser", { User: account("alice", "Cognito") })).toMatch(
    /does not simulate AdminDisableProviderForUser for a user with a password$/,
  );
});
