import { objectsOf } from "../../../../../src/json.ts";
import { MemoryStore } from "../../../../../src/tools/cognito/directory/journal.ts";
import type { User } from "../../../../../src/tools/cognito/directory/user.ts";
import type { Pool } from "../../../../../src/tools/cognito/pool.ts";
import { call, listed, named, refusal } from "../../../../support/pool-calls.ts";
import { testPool, testUser } from "../../../../support/user-pool.ts";

/** A user without a password, who costs nothing to make. */
const userOf = (number: number): User => ({
  username: `user-${number}`,
  attributes: { sub: `sub-${number}`, email: `user${number}@example.com`, given_name: `Jon${number}` },
  enabled: number % 2 === 0,
  status: "CONFIRMED",
  codes: {},
  mfa: { enabled: [] },
  groups: [],
  identities: [],
  createdAt: number,
  modifiedAt: number,
});

function poolOf(count: number): Pool {
  const pool = testPool();
  for (let number = 0; number < count; number++) pool.users.save(userOf(number));
  return pool;
}

const usernames = (answer: { readonly Users?: unknown }) =>
  objectsOf(answer.Users).map((user) => user["Username"]);

describe("a list of users", () => {
  test("comes in pages of 60 at most, in the order of creation, each user once", async () => {
    const pool = poolOf(130);
    const seen: unknown[] = [];
    let token: unknown;
    const sizes: number[] = [];
    do {
      const page = await call(pool, "ListUsers", token === undefined ? {} : { PaginationToken: token });
      seen.push(...usernames(page));
      sizes.push(usernames(page).length);
      token = page["PaginationToken"];
    } while (token !== undefined);
    expect(sizes).toEqual([60, 60, 10]);
    expect(seen).toEqual(Array.from({ length: 130 }, (_, number) => `user-${number}`));
  });

  test.each([
    [61, "less than or equal to 60"],
    [0, "greater than or equal to 1"],
    ["5", "greater than or equal to 1"],
  ])("has no page of %p", async (Limit, bound) => {
    expect(await refusal(poolOf(1), "ListUsers", { Limit })).toBe(
      `InvalidParameterException: 1 validation error detected: Value '${Limit}' at 'limit' failed to satisfy constraint: Member must have value ${bound}`,
    );
  });

  test("has no page of a token that it did not give", async () => {
    expect(await refusal(poolOf(1), "ListUsers", { PaginationToken: "x" })).toBe(
      "InvalidParameterException: Invalid pagination token",
    );
  });

  test("shows the attributes that are asked for, which all of its users must have", async () => {
    const pool = poolOf(2);
    const page = await call(pool, "ListUsers", { AttributesToGet: ["email"] });
    expect(objectsOf(page["Users"]).map((user) => named(user["Attributes"]))).toEqual([
      { email: "user0@example.com" },
      { email: "user1@example.com" },
    ]);
    expect(await refusal(pool, "ListUsers", { AttributesToGet: ["email", "name"] })).toBe(
      "InvalidParameterException: One or more requested attributes do not exist.",
    );
  });
});

describe("a filter", () => {
  test.each([
    ['username = "user-1"', ["user-1"]],
    ['username ^= "user-1"', ["user-1", "user-10", "user-11"]],
    ['sub = "sub-2"', ["user-2"]],
    ['sub = "user-2"', []],
    ['email = "user3@example.com"', ["user-3"]],
    ['email = "USER3@example.com"', ["user-3"]],
    ['"given_name" ^= "Jon1"', ["user-1", "user-10", "user-11"]],
    ['given_name = "jon1"', []],
    ['family_name = "x"', []],
    ['status = "Disabled"', ["user-1", "user-3", "user-5", "user-7", "user-9", "user-11"]],
    ['status = "disabled"', []],
    ['cognito:user_status ^= "conf"', Array.from({ length: 12 }, (_, number) => `user-${number}`)],
    ['cognito:user_status = "UNCONFIRMED"', []],
    ["", Array.from({ length: 12 }, (_, number) => `user-${number}`)],
  ])("%s finds %p", async (Filter, found) => {
    expect(usernames(await call(poolOf(12), "ListUsers", { Filter }))).toEqual(found);
  });

  test("by an address finds everyone who has it, also those who sign in by a provider", async () => {
    const pool = poolOf(3);
    const { attributes } = userOf(1);
    const profile = { ...userOf(9), username: "Google_1", attributes: { ...attributes, sub: "other" } };
    pool.users.save({ ...profile, status: "EXTERNAL_PROVIDER" });
    const Filter = 'email = "user1@example.com"';
    expect(usernames(await call(pool, "ListUsers", { Filter }))).toEqual(["user-1", "Google_1"]);
  });

  test("takes quotation marks and backslashes in a value", async () => {
    const pool = poolOf(1);
    const user = userOf(7);
    pool.users.save({ ...user, attributes: { ...user.attributes, name: 'a "b" \\c' } });
    const Filter = 'name = "a \\"b\\" \\\\c"';
    expect(usernames(await call(pool, "ListUsers", { Filter }))).toEqual(["user-7"]);
  });

  test.each([
    ['custom:tenant = "a"', "Invalid search attribute: custom:tenant"],
    ['toString = "a"', "Invalid search attribute: toString"],
    ["email = user", "Error while parsing filter."],
    ['email > "a"', "Error while parsing filter."],
    ['email = "a" or email = "b"', "Error while parsing filter."],
  ])("%s is refused", async (Filter, text) => {
    expect(await refusal(poolOf(1), "ListUsers", { Filter })).toBe(`InvalidParameterException: ${text}`);
  });
});

test("ten thousand users are found and listed without reading the store again", async () => {
  let reads = 0;
  class CountingStore extends MemoryStore {
    override entries(collection: string): ReadonlyMap<string, unknown> {
      reads++;
      return super.entries(collection);
    }
  }
  const pool = testPool({ store: new CountingStore() });
  for (let number = 0; number < 10_000; number++) pool.users.save(userOf(number));
  reads = 0;
  expect(pool.users.find("USER9999@example.com")?.username).toBe("user-9999");
  const page = await call(pool, "ListUsers", { Filter: 'email = "user9999@example.com"' });
  expect(usernames(page)).toEqual(["user-9999"]);
  expect(usernames(await call(pool, "ListUsers", { Limit: 60 }))).toHaveLength(60);
  const UserAttributes = listed({ name: "x" });
  await call(pool, "AdminUpdateUserAttributes", { Username: "sub-5000", UserAttributes });
  expect(reads).toBe(0);
});

test("an exact name is looked up: no other record is looked at", async () => {
  const pool = poolOf(100);
  const looked = new Set<string>();
  for (let number = 0; number < 100; number++) {
    const user = userOf(number);
    const attributes = new Proxy(user.attributes, {
      get: (target, name, receiver): unknown => {
        looked.add(user.username);
        return Reflect.get(target, name, receiver) as unknown;
      },
    });
    pool.users.save({ ...user, attributes });
  }
  looked.clear();
  await call(pool, "ListUsers", { Filter: 'sub = "sub-50"' });
  await call(pool, "ListUsers", { Filter: 'username = "user-50"' });
  await call(pool, "AdminGetUser", { Username: "sub-50" });
  expect([...looked]).toEqual(["user-50"]);
});

test.each(["ListUsers", "ListUsersInGroup"])(
  "%s leaves nobody out where the users of each page are deleted before the next one is asked for",
  async (operation) => {
    const pool = testPool({ now: () => 1_800_000_000_000 });
    await call(pool, "CreateGroup", { GroupName: "all" });
    for (let number = 0; number < 7; number++) {
      pool.users.save(testUser(`u${number}`, `u${number}@example.com`, { groups: ["all"] }));
    }
    const tokenName = operation === "ListUsers" ? "PaginationToken" : "NextToken";
    const deleted: string[] = [];
    let next: unknown;
    do {
      const page = await call(pool, operation, { GroupName: "all", Limit: 3, [tokenName]: next });
      for (const { Username } of objectsOf(page["Users"])) {
        deleted.push(String(Username));
        await call(pool, "AdminDeleteUser", { Username });
      }
      next = page[tokenName];
    } while (next !== undefined);
    expect(deleted).toEqual(["u0", "u1", "u2", "u3", "u4", "u5", "u6"]);
  },
);
