import { canonicalJson, type JsonObject, objectOf } from "../../json.ts";

/** A value that differs from the expected one, somewhere inside the compared value. */
export interface ValueDifference {
  /** Members joined by dots; empty for the value itself. */
  readonly path: string;
  readonly found: unknown;
  readonly expected: unknown;
}

/**
 * Where a value lacks what is expected of it. Members that are not expected are ignored; lists are compared as sets;
 * `12` and `"12"`, `true` and `"true"` are equal, since CloudFormation accepts both.
 */
export function differencesFrom(expected: unknown, found: unknown, path = ""): ValueDifference[] {
  if (isObject(expected)) {
    return Object.entries(expected).flatMap(([name, inner]) =>
      differencesFrom(inner, objectOf(found)[name], path === "" ? name : `${path}.${name}`),
    );
  }
  return sameAsSet(expected, found) ? [] : [{ path, found, expected }];
}

/** Whether both are equal; lists are sets, and a missing list equals an empty one. */
export function sameAsSet(a: unknown, b: unknown): boolean {
  return canonicalJson(comparable(a)) === canonicalJson(comparable(b));
}

function comparable(value: unknown): unknown {
  if (value === undefined || value === null) return [];
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  if (Array.isArray(value)) {
    return value.map(comparable).sort((a, b) => (canonicalJson(a) < canonicalJson(b) ? -1 : 1));
  }
  if (isObject(value)) {
    return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, comparable(inner)]));
  }
  return value;
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
