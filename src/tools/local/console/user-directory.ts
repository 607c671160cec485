import { type JsonObject, textOf, textsOf } from "../../../json.ts";
import type { User } from "../../cognito/directory/user.ts";
import { callOperation } from "../../cognito/operations/call-operation.ts";
import type { Pool } from "../../cognito/pool.ts";
import { type DirectoryJson, type GroupJson, MOST_USERS, type UserJson } from "../../console/contract.ts";
import { badRequest } from "./console-error.ts";

/** The users that match what was searched for, newest first, the user that was asked for by name, and every group. */
export function directory(pool: Pool, search: string, name: string): DirectoryJson {
  const users = [...pool.users.all()].reverse();
  const wanted = search.trim().toLowerCase();
  const asked = pool.users.find(name);
  const matching = wanted === "" ? users : users.filter((user) => isAbout(user, wanted));
  return {
    search: search.trim(),
    users: matching.slice(0, MOST_USERS).map(userJson),
    matching: matching.length,
    total: users.length,
    asked: asked === undefined ? null : userJson(asked),
    groups: groupsOf(pool, users),
    machines: pool.config.clients
      .filter(({ flows }) => flows.includes("client_credentials"))
      .map(({ name }) => name),
  };
}

function isAbout(user: User, wanted: string): boolean {
  const { sub, email, phone_number, name } = user.attributes;
  return [user.username, sub, email, phone_number, name, ...user.groups].some(
    (text) => text?.toLowerCase().includes(wanted) === true,
  );
}

function userJson(user: User): UserJson {
  const { username, attributes, status, enabled, groups, mfa, identities, createdAt } = user;
  const name = attributes["email"] ?? attributes["phone_number"] ?? username;
  return {
    username,
    name,
    sub: attributes["sub"] ?? username,
    status,
    enabled,
    groups,
    attributes,
    mfa: mfa.enabled,
    identities: identities.map(({ providerName, userId }) => `${providerName}: ${userId}`),
    createdAt,
  };
}

function groupsOf(pool: Pool, users: readonly User[]): readonly GroupJson[] {
  const members = new Map<string, number>();
  for (const name of users.flatMap(({ groups }) => groups)) members.set(name, (members.get(name) ?? 0) + 1);
  return pool.groups.all().map(({ name, description, precedence }) => ({
    name,
    description: description ?? null,
    precedence: precedence ?? null,
    members: members.get(name) ?? 0,
  }));
}

/** What the page does to users and groups -> the operation of Cognito's API that does it. */
const OPERATIONS = {
  confirm: "AdminConfirmSignUp",
  enable: "AdminEnableUser",
  disable: "AdminDisableUser",
  delete: "AdminDeleteUser",
  signOut: "AdminUserGlobalSignOut",
} as const;

/**
 * Creates a user as an administrator does: the trigger may refuse, and nothing is mailed.
 *
 * @throws CognitoError
 */
export async function createUser(pool: Pool, body: JsonObject): Promise<UserJson> {
  const name = textOf(body["name"])?.trim() ?? "";
  if (name === "") throw badRequest("enter an address");
  const isPhone = name.startsWith("+");
  const address = isPhone
    ? [
        { Name: "phone_number", Value: name },
        { Name: "phone_number_verified", Value: "true" },
      ]
    : [
        { Name: "email", Value: name },
        { Name: "email_verified", Value: "true" },
      ];
  await admin(pool, "AdminCreateUser", {
    Username: name,
    MessageAction: "SUPPRESS",
    UserAttributes: isPhone || name.includes("@") ? address : [],
  });
  const password = textOf(body["password"]) ?? "";
  if (password !== "") {
    try {
      await admin(pool, "AdminSetUserPassword", { Username: name, Password: password, Permanent: true });
    } catch (error) {
      // A user with another password than the one that was entered would be a surprise.
      await admin(pool, "AdminDeleteUser", { Username: name });
      throw error;
    }
  }
  for (const GroupName of textsOf(body["groups"])) {
    await admin(pool, "AdminAddUserToGroup", { Username: name, GroupName });
  }
  return userOf(pool, name);
}

/** @throws CognitoError; ConsoleError for an unknown action */
export async function changeUser(pool: Pool, body: JsonObject): Promise<UserJson | null> {
  const Username = usernameIn(body);
  const action = textOf(body["action"]) ?? "";
  if (action === "join" || action === "leave") {
    const operation = action === "join" ? "AdminAddUserToGroup" : "AdminRemoveUserFromGroup";
    await admin(pool, operation, { Username, GroupName: textOf(body["group"]) ?? "" });
  } else if (Object.hasOwn(OPERATIONS, action)) {
    await admin(pool, OPERATIONS[action as keyof typeof OPERATIONS], { Username });
  } else {
    throw badRequest(`\`${action}\` is not an action on a user`);
  }
  return action === "delete" ? null : userOf(pool, Username);
}

/** @throws CognitoError */
export async function changeGroup(pool: Pool, body: JsonObject): Promise<null> {
  const GroupName = textOf(body["name"])?.trim() ?? "";
  await admin(pool, body["action"] === "delete" ? "DeleteGroup" : "CreateGroup", { GroupName });
  return null;
}

function admin(pool: Pool, operation: string, request: JsonObject): Promise<JsonObject> {
  return callOperation(pool, operation, { UserPoolId: pool.config.place.userPoolId, ...request });
}

/** @throws ConsoleError where the request names nobody */
export function usernameIn(body: JsonObject): string {
  const username = textOf(body["username"]);
  if (username === undefined || username === "") throw badRequest("expected `username`");
  return username;
}

function userOf(pool: Pool, name: string): UserJson {
  const user = pool.users.find(name);
  if (user === undefined) throw badRequest(`the pool has no user \`${name}\``);
  return userJson(user);
}
