import { isDeepStrictEqual } from "node:util";
import type { JsonObject } from "../src/json.ts";
import { objectsOf } from "../src/json.ts";
import type { NaiveAccess, ScalePolicy } from "./scale-policy.ts";

/** @throws Error if they differ */
export function expectEqual(what: string, found: unknown, expected: unknown): void {
  if (isDeepStrictEqual(found, expected)) return;
  throw new Error(`wrong ${what}: expected ${JSON.stringify(expected)}, found ${JSON.stringify(found)}`);
}

/** So many routes of a matrix are compared with the lookup. */
const COMPARED_ROUTES = 20;

/** @param csv groups by routes @throws Error if a cell differs from the lookup */
export function checkMatrix(policy: ScalePolicy, csv: string): void {
  const [head = [], ...lines] = csv
    .trimEnd()
    .split("\r\n")
    .map((line) => line.split(","));
  const groups = head.slice(1);
  expectEqual("groups", new Set(groups), new Set(policy.groups));
  expectEqual("number of routes", lines.length, policy.routes.size);
  const accessOf = new Map(
    policy.groups.map((group): [string, (route: string) => NaiveAccess] => [group, policy.accessOf(group)]),
  );
  const step = Math.ceil(lines.length / COMPARED_ROUTES);
  for (const [route = "", ...cells] of lines.filter((_, index) => index % step === 0)) {
    const expected = groups.map((group) => cellOf(accessOf.get(group)?.(route)));
    expectEqual(`cells of ${route}`, cells, expected);
  }
}

function cellOf(access: NaiveAccess | undefined): string {
  if (access === undefined) return "no group";
  if (access.denied) return "denied";
  if (access.always) return "yes";
  return access.onCondition ? "if" : "";
}

/**
 * Compares the changes of single groups on routes with those that the lookup finds. Those beside another subject are
 * left out: the lookup knows tokens with one group.
 *
 * @throws Error if they differ
 */
export function checkDiff(before: ScalePolicy, after: ScalePolicy, json: JsonObject): void {
  expectEqual("completeness", json["complete"], true);
  const found = objectsOf(json["access"]).flatMap(({ subject, beside, route, widens, narrows }) =>
    typeof route === "string" && Array.isArray(beside) && beside.length === 0
      ? [`${String(subject)} ${route} ${String(widens)} ${String(narrows)}`]
      : [],
  );
  expectEqual("changes", found.sort(), changesBetween(before, after).sort());
}

function changesBetween(before: ScalePolicy, after: ScalePolicy): string[] {
  return before.groups.flatMap((group) => {
    const [was, is] = [before.accessOf(group), after.accessOf(group)];
    return [...before.routes.keys()].flatMap((route) => {
      const [old, now] = [was(route), is(route)];
      const [widens, narrows] = [gains(old, now), gains(now, old)];
      return widens || narrows ? [`${group} ${route} ${widens} ${narrows}`] : [];
    });
  });
}

/** Whether a request is allowed by one and not by the other: one whose condition is true, or one whose is not. */
function gains(was: NaiveAccess, is: NaiveAccess): boolean {
  return [true, false].some((condition) => allows(is, condition) && !allows(was, condition));
}

function allows({ always, onCondition, denied }: NaiveAccess, condition: boolean): boolean {
  return !denied && (always || (condition && onCondition));
}
