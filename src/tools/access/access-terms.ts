import { routeEntry } from "../../policy/assemble.ts";
import { isLiteral, operandOf } from "../../policy/condition.ts";
import { heldRows } from "../../policy/granted.ts";
import type { DecisionRow, Policy, RouteEntry } from "../../policy/policy.ts";
import { parsePathRoute, type Segment } from "../../policy/route.ts";
import type { Subject } from "../../policy/subject.ts";
import { ALWAYS, type Clause, NEVER, type Terms } from "./condition-outcomes.ts";

/** Parameter -> its place in the path; the quoted literal where the path always has that one. */
export type Places = ReadonlyMap<string, string>;

/**
 * The positions of a route's parameters in the path, so that `{userId}` of one policy equals `{id}` of another. Where
 * the other route has a literal, so has every path that both decide.
 *
 * @param other the route that decides the same requests in another policy: if it has the same length, a greedy
 * parameter matches one segment
 */
export function placesOf(route: string | undefined, other: string | undefined): Places {
  const segments = segmentsOf(route);
  const exact = segmentsOf(other);
  const single = exact.at(-1)?.kind !== "greedy" && exact.length === segments.length;
  return new Map(
    segments.flatMap((segment, index) => {
      if (segment.kind === "literal") return [];
      if (segment.kind === "greedy" && !single) return [[segment.name, `${index}+`] as const];
      const own = exact[index];
      const isKnown = own?.kind === "literal" && isLiteral(own.text);
      return [[segment.name, isKnown ? `'${own.text}'` : `${index}`] as const];
    }),
  );
}

function segmentsOf(route: string | undefined): readonly Segment[] {
  if (route?.includes(" ") !== true) return [];
  const parsed = parsePathRoute(route);
  return "route" in parsed ? parsed.route.segments : [];
}

/** When holders of the subjects may call the route; never if undefined. */
export function termsOnRoute(
  policy: Policy,
  route: string | undefined,
  held: ReadonlySet<Subject>,
  places: Places = placesOf(route, undefined),
): Terms {
  const entry = route === undefined ? undefined : policy.routeEntries.get(route);
  if (entry === undefined) return NEVER;
  return entry.permissions.length === 0 ? ALWAYS : termsOf(entry, held, (parameter) => places.get(parameter));
}

/** When holders of the subjects have the permission on a route with all parameters. */
export function termsOnPermission(policy: Policy, permission: string, held: ReadonlySet<Subject>): Terms {
  return permissionTerms(policy, permission)(held);
}

type PlaceOf = (parameter: string) => string | undefined;

/**
 * The same for many holders.
 *
 * @param permission or `resource:*` or `*`, for all permissions that no row names
 * @param placeOf the identity of a parameter; by default its name
 */
export function permissionTerms(
  policy: Policy,
  permission: string,
  placeOf: PlaceOf = (parameter) => parameter,
): (held: ReadonlySet<Subject>) => Terms {
  const entry = routeEntry([permission], policy.rowsByPattern);
  return (held) => termsOf(entry, held, placeOf);
}

function termsOf(entry: RouteEntry, held: ReadonlySet<Subject>, placeOf: PlaceOf): Terms {
  const rows = heldRows(entry, held);
  return {
    // A comparison with a parameter that the route lacks is unknown: such a row never allows ...
    allow: clausesOf(rows, "allow", (row) =>
      (row.condition ?? []).every(({ parameter }) => placeOf(parameter) !== undefined)
        ? [clauseOf(row, placeOf)]
        : [],
    ),
    // ... and denies by its remaining comparisons.
    deny: clausesOf(rows, "deny", (row) => [clauseOf(row, placeOf)]),
  };
}

/** Sorted without duplicates; if one always holds, the others are dropped. */
function clausesOf(
  rows: readonly DecisionRow[],
  effect: DecisionRow["effect"],
  from: (row: DecisionRow) => readonly Clause[],
): readonly Clause[] {
  const clauses = rows.filter((row) => row.effect === effect).flatMap(from);
  if (clauses.some(({ length }) => length === 0)) return [[]];
  const spelled = new Map(clauses.map((clause) => [JSON.stringify(clause), clause]));
  return [...spelled].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, clause]) => clause);
}

function clauseOf({ condition = [] }: DecisionRow, placeOf: PlaceOf): Clause {
  return condition.flatMap((atom) => {
    const place = placeOf(atom.parameter);
    return place === undefined ? [] : [{ place, operand: operandOf(atom), negated: atom.negated }];
  });
}
