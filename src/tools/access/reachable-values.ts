import { once } from "../../policy/once.ts";
import type { Segment } from "../../policy/route.ts";
import { type RouteTable, routeForPath } from "../../policy/route-table.ts";
import type { RouteTrie } from "../../policy/route-trie.ts";
import { headRequests } from "./head-requests.ts";
import { greedyTemplates, methodsOf, OTHER_SEGMENT, type RequestClass, takes } from "./request-classes.ts";
import { segmentsIn } from "./route-shape.ts";

/**
 * Whether a request can have these values.
 *
 * @param literals place of a parameter in the path -> its value; others have values that no row and no route names
 */
export type Reachable = (literals: ReadonlyMap<string, string>) => boolean;

/**
 * For a class of requests: whether one of them has these values. With `GET /envs/dev` next to `GET /envs/{env}`, the
 * parameter is never `dev`.
 *
 * It suffices to look at paths whose other segments no route names: where the deciding route has a parameter, another
 * value leaves fewer routes that match, and this one among them.
 */
export function reachableValues(
  before: RouteTable,
  after: RouteTable,
): (one: Pick<RequestClass, "before" | "after">) => Reachable {
  const names = [...before.names, ...after.names];
  const known = once(() => ({
    methods: methodsOf(names, undefined),
    templates: greedyTemplates(before, after),
    longest: Math.max(depthOf(before.trie), depthOf(after.trie)) + 1,
    heads: headRequests(before, after),
  }));
  return ({ before: was, after: is }) => {
    const isHead = (segments: readonly string[]) =>
      known()
        .heads(segments)
        .some((routes) => routes.before === was && routes.after === is);
    const isDecided = (segments: readonly string[]) => {
      const { methods, templates } = known();
      const fitting = templates.filter((template) => takes(template, segments));
      return methods.some((method) =>
        [undefined, ...(was === undefined || is === undefined ? [] : fitting)].some(
          (template) =>
            routeForPath(before, method, segments, template) === was &&
            routeForPath(after, method, segments, template) === is,
        ),
      );
    };
    const answers = new Map<string, boolean>();
    return (values) => {
      // Arguments of a tool are not in the path.
      const literals = new Map([...values].filter(([place]) => /^\d/.test(place)));
      if (literals.size === 0) return true;
      const key = JSON.stringify([...literals]);
      const answer =
        answers.get(key) ??
        pathsWith([was, is], literals, known().longest).some((path) => isDecided(path) || isHead(path));
      answers.set(key, answer);
      return answer;
    };
  };
}

/** Paths of each length that both routes match and that have the values; none if they contradict each other. */
function pathsWith(
  routes: readonly (string | undefined)[],
  literals: ReadonlyMap<string, string>,
  longest: number,
): readonly (readonly string[])[] {
  const templates = routes.map((route) => segmentsIn(route) ?? []).filter((segments) => segments.length > 0);
  const exact = templates.find((segments) => segments.at(-1)?.kind !== "greedy")?.length;
  const rests = [...literals.keys()].filter((place) => place.endsWith("+"));
  const least = Math.max(0, ...templates.map(({ length }) => length));
  // A literal has no slash, so the rest of a path that equals one is its last segment.
  const ends = rests.map((place) => Number.parseInt(place, 10) + 1);
  const [only, ...others] = new Set(exact === undefined ? ends : [exact, ...ends]);
  if (others.length > 0) return [];
  const lengths =
    only === undefined ? Array.from({ length: longest + 1 }, (_, index) => least + index) : [only];
  return lengths.flatMap((length) => {
    const path = length < least ? undefined : pathOf(length, templates, literals);
    return path === undefined ? [] : [path];
  });
}

function pathOf(
  length: number,
  templates: readonly (readonly Segment[])[],
  literals: ReadonlyMap<string, string>,
): readonly string[] | undefined {
  const path = Array.from({ length }, (_, index) => {
    const fixed = templates.flatMap((segments) => {
      const own = segments[index];
      return own?.kind === "literal" ? [own.text] : [];
    });
    const values = [`${index}`, `${index}+`].flatMap((place) => literals.get(place) ?? []);
    const [text, ...others] = new Set([...fixed, ...values]);
    return others.length > 0 ? undefined : (text ?? OTHER_SEGMENT);
  });
  return path.every((text) => text !== undefined) ? path : undefined;
}

function depthOf({ literals, parameter }: RouteTrie): number {
  const next = [...literals.values(), ...(parameter === undefined ? [] : [parameter])];
  return next.length === 0 ? 0 : 1 + Math.max(...next.map(depthOf));
}
