import { objectsOf } from "../../../../../src/json.ts";
import type { GroupConfig } from "../../../../../src/tools/cognito/config/pool-config.ts";
import { MemoryStore } from "../../../../../src/tools/cognito/directory/journal.ts";
import { openPool } from "../../../../../src/tools/cognito/pool.ts";
import { call, confirmedUser, refusal, userNamed } from "../../../../support/pool-calls.ts";
import { testConfig, testPool } from "../../../../support/user-pool.ts";

const Username = "alice@example.com";

const namesIn = (list: unknown) => objectsOf(list).map((group) => group["GroupName"]);

test("a group is created, changed, shown and deleted", async () => {
  let now = 1_000;
  const pool = testPool({ now: () => now });
  const settings = {
    Description: "may edit",
    Precedence: 0,
    RoleArn: "arn:aws:iam::000000000000:role/editor",
  };
  const group = {
    GroupName: "editors",
    UserPoolId: "us-east-1_LocalPool",
    CreationDate: 1,
    LastModifiedDate: 1,
    ...settings,
  };
  expect(await call(pool, "CreateGroup", { GroupName: "editors", ...settings })).toEqual({ Group: group });
  now = 2_000;
  const changed = { ...group, Precedence: 5, LastModifiedDate: 2 };
  expect(await call(pool, "UpdateGroup", { GroupName: "editors", Precedence: 5 })).toEqual({
    Group: changed,
  });
  expect(await call(pool, "GetGroup", { GroupName: "editors" })).toEqual({ Group: changed });
  expect(await call(pool, "ListGroups")).toEqual({ Groups: [changed] });
  await call(pool, "DeleteGroup", { GroupName: "editors" });
  expect(await call(pool, "ListGroups")).toEqual({ Groups: [] });
});

test("a group that is there is not created again, and one that is not is not found", async () => {
  const pool = testPool();
  await call(pool, "CreateGroup", { GroupName: "editors" });
  expect(await refusal(pool, "CreateGroup", { GroupName: "editors" })).toMatch(/^GroupExistsException: /);
  await confirmedUser(pool, Username);
  for (const operation of [
    "GetGroup",
    "UpdateGroup",
    "DeleteGroup",
    "ListUsersInGroup",
    "AdminAddUserToGroup",
    "AdminRemoveUserFromGroup",
  ]) {
    expect(await refusal(pool, operation, { Username, GroupName: "nobody" })).toBe(
      "ResourceNotFoundException: Group not found.",
    );
  }
});

test.each([-1, "1", Number.NaN])("a precedence of %p is refused", async (Precedence) => {
  expect(await refusal(testPool(), "CreateGroup", { GroupName: "g", Precedence })).toMatch(
    /^InvalidParameterException: 1 validation error detected: Value '.+' at 'precedence'/,
  );
});

test("a user is put into groups and taken out, by any name", async () => {
  const pool = testPool();
  await confirmedUser(pool, Username);
  for (const GroupName of ["a", "b"]) await call(pool, "CreateGroup", { GroupName });
  for (const GroupName of ["b", "a", "b"]) await call(pool, "AdminAddUserToGroup", { Username, GroupName });
  expect(userNamed(pool, Username).groups).toEqual(["b", "a"]);
  const sub = userNamed(pool, Username).username;
  expect(namesIn((await call(pool, "AdminListGroupsForUser", { Username: sub }))["Groups"])).toEqual([
    "b",
    "a",
  ]);
  expect(objectsOf((await call(pool, "ListUsersInGroup", { GroupName: "a" }))["Users"])).toMatchObject([
    { Username: sub },
  ]);
  await call(pool, "AdminRemoveUserFromGroup", { Username, GroupName: "b" });
  await call(pool, "AdminRemoveUserFromGroup", { Username, GroupName: "b" });
  expect(userNamed(pool, Username).groups).toEqual(["a"]);
});

test("nobody is in a group that was deleted, also when it is created again", async () => {
  const pool = testPool();
  await confirmedUser(pool, Username);
  await call(pool, "CreateGroup", { GroupName: "editors" });
  await call(pool, "AdminAddUserToGroup", { Username, GroupName: "editors" });
  await call(pool, "DeleteGroup", { GroupName: "editors" });
  await call(pool, "CreateGroup", { GroupName: "editors" });
  expect(await call(pool, "ListUsersInGroup", { GroupName: "editors" })).toEqual({ Users: [] });
  expect(userNamed(pool, Username).groups).toEqual([]);
});

test("a group that the configuration got after the start takes users", async () => {
  const groups: GroupConfig[] = [];
  const { keys } = testPool();
  const pool = openPool({
    config: testConfig(),
    store: new MemoryStore(),
    keys,
    invoke: () => Promise.reject(new Error("no triggers")),
    currentGroups: () => groups,
  });
  await confirmedUser(pool, Username);
  const request = { Username, GroupName: "new" };
  expect(await refusal(pool, "AdminAddUserToGroup", request)).toBe(
    "ResourceNotFoundException: Group not found.",
  );
  groups.push({ name: "new", description: undefined, precedence: undefined, roleArn: undefined });
  await call(pool, "AdminAddUserToGroup", request);
  expect(userNamed(pool, Username).groups).toEqual(["new"]);
});

test("lists of groups come in pages", async () => {
  const pool = testPool();
  await confirmedUser(pool, Username);
  for (const GroupName of ["a", "b", "c"]) {
    await call(pool, "CreateGroup", { GroupName });
    await call(pool, "AdminAddUserToGroup", { Username, GroupName });
  }
  for (const operation of ["ListGroups", "AdminListGroupsForUser"]) {
    const first = await call(pool, operation, { Username, Limit: 2 });
    expect(namesIn(first["Groups"])).toEqual(["a", "b"]);
    const rest = await call(pool, operation, { Username, Limit: 2, NextToken: first["NextToken"] });
    expect(namesIn(rest["Groups"])).toEqual(["c"]);
    expect(rest).not.toHaveProperty("NextToken");
  }
});
