import { textOf } from "../../../json.ts";
import { clientOf } from "../pool.ts";
import { tokenCaller } from "../tokens/access-token-guard.ts";
import { type Operation, type Operations, requiredText } from "./operation.ts";
import { attributeList } from "./request.ts";
import { mfaFacts, shownAttributes } from "./user-answer.ts";

/** `GetUser`: what the client of the access token may read. */
const getUser: Operation = async (pool, request) => {
  const { user, claims } = tokenCaller(pool, requiredText(request, "AccessToken"));
  const { readAttributes } = clientOf(pool.config, textOf(claims["client_id"]));
  const readable = Object.entries(shownAttributes(user)).filter(
    ([name]) => name === "sub" || readAttributes === undefined || readAttributes.includes(name),
  );
  return {
    Username: user.username,
    UserAttributes: attributeList(Object.fromEntries(readable)),
    ...mfaFacts(user),
  };
};

export const ownUserOperations: Operations = { GetUser: getUser };
