import { adminCreateUser } from "./admin-create-user.ts";
import { existingUser, type Operation, type Operations, requiredText } from "./operation.ts";
import { attributeList, inPool } from "./request.ts";
import { mfaFacts, shownAttributes, userFacts } from "./user-answer.ts";

const adminGetUser: Operation = async (pool, request) => {
  const user = existingUser(pool, requiredText(request, "Username"));
  return { ...userFacts(user), UserAttributes: attributeList(shownAttributes(user)), ...mfaFacts(user) };
};

export const adminOperations: Operations = {
  AdminCreateUser: inPool(adminCreateUser),
  AdminGetUser: inPool(adminGetUser),
};
