import type { JsonObject } from "../../../json.ts";
import { CognitoError } from "../cognito-error.ts";
import type { Pool } from "../pool.ts";
import { ALL_OPERATIONS } from "./all-operations.ts";

/** Runs an operation of the API by its name. @throws CognitoError `UnknownOperationException` where there is none */
export function callOperation(pool: Pool, name: string, request: JsonObject): Promise<JsonObject> {
  const operation = Object.hasOwn(ALL_OPERATIONS, name) ? ALL_OPERATIONS[name] : undefined;
  if (operation === undefined)
    throw new CognitoError("UnknownOperationException", `${name} is not an operation`);
  return operation(pool, request);
}
