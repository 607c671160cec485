import { canonicalSegments } from "../../../policy/canonical-path.ts";
import type { Segment } from "../../../policy/route.ts";
import {
  parametersOf,
  type ResolvedRoute,
  type RouteTable,
  resolvePath,
} from "../../../policy/route-table.ts";
import { entryOn, isPublicRoute, placesOf, termsOnRoute } from "../access-terms.ts";
import { argumentAt } from "../condition-outcomes.ts";
import { headRequests } from "../head-requests.ts";
import {
  OTHER_SEGMENT,
  type RequestClass,
  type ResolvedRequests,
  resolvedRequests,
  TOO_MANY,
} from "../request-classes.ts";
import { segmentsIn } from "../route-shape.ts";
import type { ConcreteQuestion, PolicyPair, Question, Shape } from "./asked-question.ts";
import type { FreshValues } from "./fresh-values.ts";

/** One question for each class of requests. */
export function routeQuestions(
  { before, after }: PolicyPair,
  classes: readonly RequestClass[],
  fresh: FreshValues,
): readonly Question[] {
  const kinds = requestsByClass(before.routes, after.routes);
  const heads = headRequests(before.routes, after.routes);
  const tables = { before: before.routes, after: after.routes, heads };
  return classes.map(({ name, before: was, after: is }): Question => {
    const places = { before: placesOf(was, is), after: placesOf(is, was) };
    return {
      name,
      isPublic: { before: isPublicRoute(before, was), after: isPublicRoute(after, is) },
      entries: [entryOn(before, { route: was }), entryOn(after, { route: is })],
      terms: (holder, app) => [
        termsOnRoute(before, was, holder.before, places.before, app),
        termsOnRoute(after, is, holder.after, places.after, app),
      ],
      shapes: (compared) =>
        (kinds().get(keyOf({ before: was, after: is })) ?? []).map((requests) =>
          shapeOf(tables, requests, compared, fresh),
        ),
    };
  });
}

type Pair = Pick<RequestClass, "before" | "after">;

function keyOf({ before, after }: Pair): string {
  return `${before ?? ""}\n${after ?? ""}`;
}

/** Walks the tables once, and only if a class has something to try. Of requests that differ in the method, one. */
function requestsByClass(
  before: RouteTable,
  after: RouteTable,
): () => ReadonlyMap<string, readonly ResolvedRequests[]> {
  let known: Map<string, ResolvedRequests[]> | undefined;
  return () => {
    if (known !== undefined) return known;
    const found = new Map<string, Map<string, ResolvedRequests>>();
    for (const requests of resolvedRequests(before, after)) {
      if (requests === TOO_MANY) break;
      const own = found.get(keyOf(requests)) ?? new Map<string, ResolvedRequests>();
      found.set(keyOf(requests), own);
      const path = JSON.stringify([requests.segments, requests.matched]);
      if (!own.has(path)) own.set(path, requests);
    }
    known = new Map([...found].map(([key, own]) => [key, [...own.values()]]));
    return known;
  };
}

interface Tables {
  readonly before: RouteTable;
  readonly after: RouteTable;
  readonly heads: ReturnType<typeof headRequests>;
}

function shapeOf(
  tables: Tables,
  requests: ResolvedRequests,
  compared: ReadonlySet<string>,
  fresh: FreshValues,
): Shape {
  const { segments, method } = requests;
  if (method === "") return byName(requests, compared);
  const others = segments.flatMap((text, index) => (text === OTHER_SEGMENT ? [index] : []));
  const chosen = others.filter((index) => isCompared(index, compared));
  return {
    count: chosen.length,
    given: segments.filter((text, index) => text !== OTHER_SEGMENT && isCompared(index, compared)),
    isOptional: false,
    fill: (values) => {
      const path = segments.map((text, index) => {
        const position = chosen.indexOf(index);
        if (position >= 0) return values[position] ?? "";
        return text === OTHER_SEGMENT ? fresh(chosen.length + index) : text;
      });
      return delivered(tables, requests, path);
    },
  };
}

/** Whether a comparison reads the segment: by itself, or in the rest of the path. */
function isCompared(index: number, places: ReadonlySet<string>): boolean {
  if (places.has(`${index}`)) return true;
  return [...places].some((place) => place.endsWith("+") && Number.parseInt(place, 10) <= index);
}

/** A call has some of the arguments of a tool, of any value; another route by name has no parameters. */
function byName({ before, after }: ResolvedRequests, compared: ReadonlySet<string>): Shape {
  const names = [...compared].flatMap((place) => argumentAt(place) ?? []);
  const route = after ?? before ?? "";
  return {
    count: names.length,
    given: [],
    isOptional: true,
    fill: (values) => {
      const given = names.map((name, index): [string, string] => [name, values[index] ?? ""]);
      const parameters = Object.fromEntries(given.filter(([, value]) => value !== ""));
      return {
        asked: { kind: "route", route, parameters },
        before: { route: before, parameters },
        after: { route: after, parameters },
      };
    },
  };
}

/** Undefined if the path is decided by other routes, or a gateway never delivers it. */
function delivered(
  tables: Tables,
  { before, after, method, matched }: ResolvedRequests,
  path: readonly string[],
): ConcreteQuestion | undefined {
  const joined = `/${path.join("/")}`;
  if (!isCanonical(joined)) return undefined;
  const [was, is] = [tables.before, tables.after].map(
    (table): ResolvedRoute => resolvePath(table, method, path, matched),
  );
  if (was === undefined || is === undefined) return undefined;
  if (was.route !== before || is.route !== after) return asHead(tables, { before, after }, path, joined);
  const behind = matched.length === 0 ? undefined : spelled(matched);
  return { asked: { kind: "request", method, path: joined, behind, before, after }, before: was, after: is };
}

/** The same for a `HEAD` that a gateway gives to another route than a `GET`. */
function asHead(
  { heads }: Tables,
  { before, after }: Pair,
  path: readonly string[],
  joined: string,
): ConcreteQuestion | undefined {
  if (!heads(path).some((routes) => routes.before === before && routes.after === after)) return undefined;
  return {
    asked: { kind: "request", method: "HEAD", path: joined, behind: undefined, before, after },
    before: { route: before, parameters: parametersOf(segmentsIn(before) ?? [], path) },
    after: { route: after, parameters: parametersOf(segmentsIn(after) ?? [], path) },
  };
}

function isCanonical(path: string): boolean {
  try {
    canonicalSegments(path, "decoded");
    return true;
  } catch {
    return false;
  }
}

function spelled(template: readonly Segment[]): string {
  const parts = template.map((one) =>
    one.kind === "literal" ? one.text : `{${one.name}${one.kind === "greedy" ? "+" : ""}}`,
  );
  return `/${parts.join("/")}`;
}
