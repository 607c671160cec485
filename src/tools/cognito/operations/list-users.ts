import { type JsonObject, textOf, textsOf } from "../../../json.ts";
import { invalidParameter } from "../cognito-error.ts";
import type { User } from "../directory/user.ts";
import type { Operation } from "./operation.ts";
import { pageOf } from "./page.ts";
import { attributeList } from "./request.ts";
import { shownAttributes, userFacts, userType } from "./user-answer.ts";
import { filteredUsers } from "./user-filter.ts";

/** `ListUsers`, in the order of creation. */
export const listUsers: Operation = async (pool, request) => {
  const found = filteredUsers(pool, textOf(request["Filter"]) ?? "");
  const { items, next } = pageOf(found, request, "Limit", "PaginationToken", ({ username }) =>
    pool.users.placeOf(username),
  );
  const names = Array.isArray(request["AttributesToGet"]) ? textsOf(request["AttributesToGet"]) : undefined;
  return {
    Users: items.map((user) => (names === undefined ? userType(user) : chosenAttributes(user, names))),
    ...(next === undefined ? {} : { PaginationToken: next }),
  };
};

/** "Amazon Cognito returns an error if not all users in the results have set a value for the attribute you request." */
function chosenAttributes(user: User, names: readonly string[]): JsonObject {
  const all = shownAttributes(user);
  if (names.some((name) => all[name] === undefined)) {
    throw invalidParameter("One or more requested attributes do not exist.");
  }
  const chosen = Object.fromEntries(Object.entries(all).filter(([name]) => names.includes(name)));
  return { ...userFacts(user), Attributes: attributeList(chosen) };
}
