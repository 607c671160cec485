import type { JsonObject } from "../../../json.ts";
import { secretHashOf } from "../../cognito/auth/secret-hash.ts";
import { callOperation } from "../../cognito/operations/call-operation.ts";
import type { Visit } from "./visit.ts";

/** Runs an operation that an app would run, as the client of the visit. @throws CognitoError */
export function accountCall(
  { pool, authorization: { client } }: Visit,
  name: string,
  username: string,
  request: JsonObject = {},
): Promise<JsonObject> {
  const secret =
    client.secret === undefined ? {} : { SecretHash: secretHashOf(client.id, client.secret, username) };
  return callOperation(pool, name, { ClientId: client.id, Username: username, ...secret, ...request });
}
