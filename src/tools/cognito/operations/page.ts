import { type JsonObject, jsonIn, textOf } from "../../../json.ts";
import { invalidParameter } from "../cognito-error.ts";

/** A part of a list, and where the next part begins. */
export interface Page<Item> {
  readonly items: readonly Item[];
  readonly next: string | undefined;
}

/** The largest page that AWS gives. */
const LARGEST_PAGE = 60;

/**
 * The page of a list that a request asks for. A token says what was given already, by place: what is deleted
 * meanwhile moves nothing else to a page that was given.
 *
 * @param limitName the member with the size of a page, which every list calls differently
 * @param tokenName the member with the token of a former page
 * @param placeOf ascending in the list; by default the index, for a list that nothing is deleted from
 * @throws CognitoError `InvalidParameterException`
 */
export function pageOf<Item>(
  items: readonly Item[],
  request: JsonObject,
  limitName: string,
  tokenName: string,
  placeOf: (item: Item, index: number) => number = (_, index) => index,
): Page<Item> {
  const limit = limitIn(request, limitName);
  const start = startIn(request, tokenName);
  const rest = start === 0 ? items : items.filter((item, index) => placeOf(item, index) >= start);
  const [following] = rest.slice(limit, limit + 1);
  const next = following === undefined ? undefined : placeOf(following, items.indexOf(following));
  return { items: rest.slice(0, limit), next: next === undefined ? undefined : tokenOf(next) };
}

function limitIn(request: JsonObject, name: string): number {
  const limit = request[name];
  if (limit === undefined) return LARGEST_PAGE;
  const member = name.slice(0, 1).toLowerCase() + name.slice(1);
  if (typeof limit !== "number" || !Number.isInteger(limit) || limit < 1) {
    throw outOfBounds(limit, member, "greater than or equal to 1");
  }
  if (limit > LARGEST_PAGE) throw outOfBounds(limit, member, `less than or equal to ${LARGEST_PAGE}`);
  return limit;
}

const outOfBounds = (value: unknown, member: string, bound: string) =>
  invalidParameter(
    `1 validation error detected: Value '${String(value)}' at '${member}' failed to satisfy constraint: ` +
      `Member must have value ${bound}`,
  );

const tokenOf = (start: number) => Buffer.from(JSON.stringify(start)).toString("base64url");

function startIn(request: JsonObject, name: string): number {
  const token = textOf(request[name]);
  if (token === undefined) return 0;
  const start = jsonIn(Buffer.from(token, "base64url").toString("utf8"));
  if (typeof start !== "number" || !Number.isInteger(start) || start < 1) {
    throw invalidParameter("Invalid pagination token");
  }
  return start;
}
