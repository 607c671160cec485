import { textOf } from "../../../../json.ts";
import { verifiedAccessToken } from "../tokens/access-token-guard.ts";
import { clientOf } from "../tokens/token-issuer.ts";
import { assertWritable, attributesOf } from "./new-user.ts";
import { type Operation, requiredText } from "./operation.ts";

/** `UpdateUserAttributes`: a user writes what the client of the access token may write, and nothing else. */
export const updateUserAttributes: Operation = async (pool, request) => {
  const claims = verifiedAccessToken(requiredText(request, "AccessToken"), pool.keys.access, pool.now());
  const client = clientOf(pool.plan, textOf(claims["client_id"]));
  assertWritable(attributesOf(request["UserAttributes"]), client);
  return pool.stock.run("UpdateUserAttributes", request);
};
