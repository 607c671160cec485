import { type JsonObject, objectOf, textOf } from "../../src/json.ts";
import { answerDynamoDb, type TableAnswer } from "./dynamodb.ts";

/** The items of a table by their key. */
export type TableItems = Map<string, JsonObject>;

/**
 * A table in memory behind the AWS SDK, for the calls of the emergency stop. It knows the expressions that our code
 * writes and no others: an unknown one is an error, never a write of something else.
 *
 * @param name of the only table
 */
export function memoryTable(name: string): { readonly items: TableItems; readonly calls: string[] } {
  const items: TableItems = new Map();
  const calls: string[] = [];
  answerDynamoDb((action, input) => {
    calls.push(action);
    if (action === "BatchGetItem")
      return batchGet(items, name, objectOf(objectOf(input["RequestItems"])[name]));
    if (input["TableName"] !== name) return failed("ResourceNotFoundException");
    const key = textOf(objectOf(objectOf(input["Key"])["key"])["S"]) ?? "";
    if (action === "GetItem") return { status: 200, body: items.has(key) ? { Item: items.get(key) } : {} };
    const expressions = expressionsOf(input);
    if (!holds(expressions.condition, expressions, items.get(key)))
      return failed("ConditionalCheckFailedException");
    if (action === "DeleteItem") {
      items.delete(key);
      return { status: 200, body: {} };
    }
    if (action !== "UpdateItem") throw new RangeError(`a call that this table does not answer: ${action}`);
    const updated = structuredClone(items.get(key) ?? { key: { S: key } });
    update(updated, expressions);
    items.set(key, updated);
    return { status: 200, body: { Attributes: updated } };
  });
  return { items, calls };
}

function batchGet(items: TableItems, table: string, request: JsonObject): TableAnswer {
  const keys = request["Keys"] as readonly { readonly key: { readonly S: string } }[];
  const found = keys.flatMap(({ key }) => items.get(key.S) ?? []);
  return { status: 200, body: { Responses: { [table]: found }, UnprocessedKeys: {} } };
}

function failed(type: string): TableAnswer {
  return { status: 400, body: { __type: `com.amazonaws.dynamodb.v20120810#${type}`, message: "no" } };
}

interface Expressions {
  readonly condition: string;
  readonly update: string;
  readonly names: JsonObject;
  readonly values: JsonObject;
}

function expressionsOf(input: JsonObject): Expressions {
  return {
    condition: textOf(input["ConditionExpression"]) ?? "",
    update: textOf(input["UpdateExpression"]) ?? "",
    names: objectOf(input["ExpressionAttributeNames"]),
    values: objectOf(input["ExpressionAttributeValues"]),
  };
}

const PATH = String.raw`#\w+(?:\.#\w+)?`;

/** Where a path leads: `#stops` to an attribute, `#stops.#p0` into its map. */
function find(item: JsonObject | undefined, path: string, { names }: Expressions) {
  const [first = "", second] = path.split(".").map((part) => textOf(names[part]) ?? "");
  // Not a copy: an update writes here.
  const map = (item?.[first] as { M?: JsonObject } | undefined)?.M;
  const parent = (second === undefined ? item : map) as Record<string, unknown> | undefined;
  const name = second ?? first;
  return { parent, name, value: parent?.[name] };
}

function holds(condition: string, given: Expressions, item: JsonObject | undefined): boolean {
  if (condition === "") return true;
  const [and, or] = [condition.split(" AND "), condition.split(" OR ")];
  if (or.length > 1) return or.some((part) => holds(part, given, item));
  if (and.length > 1) return and.every((part) => holds(part, given, item));
  if (condition.startsWith("NOT ")) return !holds(condition.slice(4), given, item);
  const [, call, path = "", type] =
    new RegExp(String.raw`^(attribute_\w+)\((${PATH})(?:, (:\w+))?\)$`).exec(condition) ?? [];
  const { value } = find(item, path, given);
  if (call === "attribute_exists") return value !== undefined;
  if (call === "attribute_not_exists") return value === undefined;
  if (call === "attribute_type") {
    return Object.hasOwn(objectOf(value), textOf(objectOf(given.values[type ?? ""])["S"]) ?? "");
  }
  throw new RangeError(`a condition that this table cannot read: ${condition}`);
}

function update(item: JsonObject, given: Expressions): void {
  const [, verb, list = ""] = /^(SET|REMOVE) (.+)$/.exec(given.update) ?? [];
  const assignment = new RegExp(String.raw`^(${PATH}) = if_not_exists\((${PATH}), (:\w+)\)$`);
  for (const part of list.split(/, (?=#)(?![^(]*\))/)) {
    const [, path, same, value] = verb === "SET" ? (assignment.exec(part) ?? []) : [undefined, part, part];
    if (path === undefined || path !== same)
      throw new RangeError(`an update that this table cannot read: ${part}`);
    const at = find(item, path, given);
    if (at.parent === undefined) throw new RangeError(`there is no map at ${path}`);
    if (value === undefined) delete at.parent[at.name];
    else at.parent[at.name] ??= given.values[value];
  }
}
