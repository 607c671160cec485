import { type JsonObject, textOf } from "../../../json.ts";
import { CognitoError, invalidParameter } from "../cognito-error.ts";
import type { Group } from "../directory/user.ts";
import type { Pool } from "../pool.ts";
import { existingUser, type Operation, type Operations, requiredText, saveUser } from "./operation.ts";
import { pageOf } from "./page.ts";
import { inPool, secondsOf } from "./request.ts";
import { userType } from "./user-answer.ts";

const createGroup: Operation = async (pool, request) => {
  const name = requiredText(request, "GroupName");
  if (pool.groups.find(name) !== undefined) {
    throw new CognitoError("GroupExistsException", "A group with the name already exists.");
  }
  const now = pool.now();
  return { Group: saved(pool, { name, ...settingsIn(request), createdAt: now, modifiedAt: now }) };
};

/** `UpdateGroup`: what the request leaves out stays. */
const updateGroup: Operation = async (pool, request) => {
  const group = existingGroup(pool, request);
  return { Group: saved(pool, { ...group, ...settingsIn(request), modifiedAt: pool.now() }) };
};

/** `DeleteGroup`: nobody is in it any more. */
const deleteGroup: Operation = async (pool, request) => {
  const { name } = existingGroup(pool, request);
  for (const user of pool.users.all()) {
    if (user.groups.includes(name)) {
      saveUser(pool, { ...user, groups: user.groups.filter((group) => group !== name) });
    }
  }
  pool.groups.delete(name);
  return {};
};

const getGroup: Operation = async (pool, request) => ({
  Group: groupType(pool, existingGroup(pool, request)),
});

const listGroups: Operation = async (pool, request) => groupPage(pool, pool.groups.all(), request);

const listUsersInGroup: Operation = async (pool, request) => {
  const { name } = existingGroup(pool, request);
  const members = pool.users.all().filter(({ groups }) => groups.includes(name));
  const { items, next } = pageOf(members, request, "Limit", "NextToken", ({ username }) =>
    pool.users.placeOf(username),
  );
  return { Users: items.map(userType), ...(next === undefined ? {} : { NextToken: next }) };
};

const adminListGroupsForUser: Operation = async (pool, request) => {
  const { groups } = existingUser(pool, requiredText(request, "Username"));
  return groupPage(
    pool,
    groups.flatMap((name) => pool.groups.find(name) ?? []),
    request,
  );
};

/** `AdminAddUserToGroup`: also to a group that the configuration has only now. */
const adminAddUserToGroup: Operation = async (pool, request) => {
  const user = existingUser(pool, requiredText(request, "Username"));
  if (pool.groups.find(requiredText(request, "GroupName")) === undefined) pool.takeGroups();
  const { name } = existingGroup(pool, request);
  if (!user.groups.includes(name)) saveUser(pool, { ...user, groups: [...user.groups, name] });
  return {};
};

const adminRemoveUserFromGroup: Operation = async (pool, request) => {
  const user = existingUser(pool, requiredText(request, "Username"));
  const { name } = existingGroup(pool, request);
  if (user.groups.includes(name)) {
    saveUser(pool, { ...user, groups: user.groups.filter((group) => group !== name) });
  }
  return {};
};

/** @throws CognitoError `ResourceNotFoundException` */
function existingGroup(pool: Pool, request: JsonObject): Group {
  const group = pool.groups.find(requiredText(request, "GroupName"));
  if (group === undefined) throw new CognitoError("ResourceNotFoundException", "Group not found.");
  return group;
}

function saved(pool: Pool, group: Group): JsonObject {
  pool.groups.save(group);
  return groupType(pool, group);
}

function settingsIn(request: JsonObject): Partial<Group> {
  const description = textOf(request["Description"]);
  const roleArn = textOf(request["RoleArn"]);
  const precedence = request["Precedence"];
  if (precedence !== undefined && (typeof precedence !== "number" || !(precedence >= 0))) {
    throw invalidParameter(
      `1 validation error detected: Value '${String(precedence)}' at 'precedence' failed to satisfy constraint: ` +
        "Member must have value greater than or equal to 0",
    );
  }
  return {
    ...(description === undefined ? {} : { description }),
    ...(roleArn === undefined ? {} : { roleArn }),
    ...(precedence === undefined ? {} : { precedence }),
  };
}

function groupPage(pool: Pool, groups: readonly Group[], request: JsonObject): JsonObject {
  const { items, next } = pageOf(groups, request, "Limit", "NextToken");
  return {
    Groups: items.map((group) => groupType(pool, group)),
    ...(next === undefined ? {} : { NextToken: next }),
  };
}

function groupType({ config }: Pool, group: Group): JsonObject {
  return {
    GroupName: group.name,
    UserPoolId: config.place.userPoolId,
    ...(group.description === undefined ? {} : { Description: group.description }),
    ...(group.roleArn === undefined ? {} : { RoleArn: group.roleArn }),
    ...(group.precedence === undefined ? {} : { Precedence: group.precedence }),
    CreationDate: secondsOf(group.createdAt),
    LastModifiedDate: secondsOf(group.modifiedAt),
  };
}

export const groupOperations: Operations = {
  CreateGroup: inPool(createGroup),
  UpdateGroup: inPool(updateGroup),
  DeleteGroup: inPool(deleteGroup),
  GetGroup: inPool(getGroup),
  ListGroups: inPool(listGroups),
  ListUsersInGroup: inPool(listUsersInGroup),
  AdminListGroupsForUser: inPool(adminListGroupsForUser),
  AdminAddUserToGroup: inPool(adminAddUserToGroup),
  AdminRemoveUserFromGroup: inPool(adminRemoveUserFromGroup),
};
