import { type JsonObject, objectsOf, textMapOf, textOf } from "../../../json.ts";
import { CognitoError, invalidParameter } from "../cognito-error.ts";
import type { Attributes } from "../directory/user.ts";
import type { Pool } from "../pool.ts";
import type { Operation } from "./operation.ts";

/** A list of `{Name, Value}` as a map: of `UserAttributes`, and of `ValidationData`. */
export function attributesOf(list: unknown): Attributes {
  return Object.fromEntries(
    objectsOf(list).flatMap((item) => {
      const name = textOf(item["Name"]);
      return name === undefined ? [] : [[name, textOf(item["Value"]) ?? ""]];
    }),
  );
}

/** A map as the API lists it. */
export const attributeList = (attributes: Attributes): readonly JsonObject[] =>
  Object.entries(attributes).map(([Name, Value]) => ({ Name, Value }));

export const metadataOf = (request: JsonObject) => textMapOf(request["ClientMetadata"]);

/** null where the caller sent none, which is what triggers get to see. */
export function validationDataOf(request: JsonObject): Attributes | null {
  return Array.isArray(request["ValidationData"]) ? attributesOf(request["ValidationData"]) : null;
}

/** Times in answers are seconds since 1970. @param time milliseconds since 1970 */
export const secondsOf = (time: number) => time / 1000;

/** One of a fixed set of values. @throws CognitoError where the request has another one, in AWS's words */
export function oneOf<Value extends string>(
  request: JsonObject,
  name: string,
  values: readonly Value[],
): Value | undefined {
  const given = request[name];
  if (given === undefined) return undefined;
  const known = values.find((value) => value === given);
  if (known !== undefined) return known;
  throw invalidParameter(
    `1 validation error detected: Value '${String(given)}' at '${lowerFirst(name)}' failed to satisfy constraint: ` +
      `Member must satisfy enum value set: [${values.join(", ")}]`,
  );
}

const lowerFirst = (name: string) => name.slice(0, 1).toLowerCase() + name.slice(1);

/** An operation of an administrator: it names its pool. @throws CognitoError `ResourceNotFoundException` */
export function inPool(operation: Operation): Operation {
  return async (pool, request) => {
    assertPool(pool, request);
    return operation(pool, request);
  };
}

function assertPool({ config }: Pool, request: JsonObject): void {
  const id = textOf(request["UserPoolId"]);
  if (id === undefined) throw invalidParameter("Missing required parameter UserPoolId");
  if (id !== config.place.userPoolId) {
    throw new CognitoError("ResourceNotFoundException", `User pool ${id} does not exist.`);
  }
}
