import type { Policy } from "../../policy/policy.ts";
import { isToolRoute } from "../../policy/route.ts";
import { pathPlaces } from "./access-terms.ts";
import type { RequestClass } from "./request-classes.ts";
import { isSameShape } from "./route-shape.ts";

/**
 * Path parameters that only have another name in the second policy: old name -> new name. No route has the old name any
 * more, and neither a route nor a row of the first policy had the new one, so a condition with the new name is the same
 * condition. Without two old names of one new name, of which a handler has only one. None if there are tools, whose
 * arguments may have either name.
 */
export function renamedParameters(
  { conditions, tenantRoles }: Pick<Policy, "conditions" | "tenantRoles">,
  classes: readonly RequestClass[],
): ReadonlyMap<string, string> {
  const [old, fresh] = [new Set<string>(), new Set<string>()];
  const pairs = new Map<string, Set<string>>();
  for (const { before, after } of classes) {
    if ([before, after].some((route) => route !== undefined && isToolRoute(route))) return new Map();
    const [was, is] = [pathPlaces(before, undefined), pathPlaces(after, undefined)];
    for (const name of was.keys()) old.add(name);
    for (const name of is.keys()) fresh.add(name);
    if (before === undefined || after === undefined || !isSameShape(before, after)) continue;
    const byPlace = new Map([...is].map(([name, place]) => [place, name]));
    for (const [name, place] of was) {
      const now = byPlace.get(place);
      if (now !== undefined) pairs.set(name, (pairs.get(name) ?? new Set()).add(now));
    }
  }
  const compared = new Set([
    ...[...conditions.values()].flat().map(({ parameter }) => parameter),
    ...tenantRoles.map(({ parameter }) => parameter),
  ]);
  const renamed = [...pairs].flatMap(([name, names]) => {
    const [now, other] = names;
    const isOther = now === undefined || other !== undefined || fresh.has(name);
    return isOther || old.has(now) || compared.has(now) ? [] : [[name, now] as const];
  });
  const news = renamed.map(([, now]) => now);
  return new Map(renamed.filter(([, now]) => news.indexOf(now) === news.lastIndexOf(now)));
}
