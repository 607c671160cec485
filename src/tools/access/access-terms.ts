import type { App } from "../../policy/app.ts";
import { routeEntry } from "../../policy/assemble.ts";
import { isLiteral, operandOf } from "../../policy/condition.ts";
import type { DecisionRow, Policy } from "../../policy/policy.ts";
import { parsePathRoute, type Segment } from "../../policy/route.ts";
import { ALWAYS, type Clause, NEVER, type Terms } from "./condition-outcomes.ts";
import { type HeldRow, type Holdings, rowsHeldThrough } from "./holdings.ts";

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

/**
 * When holders of the subjects may call the route; never if undefined.
 *
 * @param app the app of a user's token; undefined for what users may, whatever their app
 */
export function termsOnRoute(
  policy: Policy,
  route: string | undefined,
  held: Holdings,
  places: Places = placesOf(route, undefined),
  app?: App,
): Terms {
  const entry = route === undefined ? undefined : policy.routeEntries.get(route);
  if (entry === undefined) return NEVER;
  if (entry.permissions.length === 0) return ALWAYS;
  return termsOf(rowsHeldThrough(policy, entry, held, app), (parameter) => places.get(parameter));
}

/** When holders of the subjects have the permission on a route with all parameters. */
export function termsOnPermission(policy: Policy, permission: string, held: Holdings, app?: App): Terms {
  return permissionTerms(policy, permission)(held, app);
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
): (held: Holdings, app?: App) => Terms {
  const entry = routeEntry([permission], policy.rowsByPattern);
  return (held, app) => termsOf(rowsHeldThrough(policy, entry, held, app), placeOf);
}

function termsOf(rows: readonly HeldRow[], placeOf: PlaceOf): Terms {
  return {
    // A comparison with a parameter that the route lacks is unknown: such a row never allows ...
    allow: clausesOf(rows, "allow", (row) =>
      parametersOf(row).every((parameter) => placeOf(parameter) !== undefined)
        ? [clauseOf(row, placeOf)]
        : [],
    ),
    // ... and denies by its remaining comparisons.
    deny: clausesOf(rows, "deny", (row) => [clauseOf(row, placeOf)]),
  };
}

/** Sorted without duplicates; if one always holds, the others are dropped. */
function clausesOf(
  rows: readonly HeldRow[],
  effect: DecisionRow["effect"],
  from: (row: HeldRow) => readonly Clause[],
): readonly Clause[] {
  const clauses = rows.filter(({ row }) => row.effect === effect).flatMap(from);
  if (clauses.some(({ length }) => length === 0)) return [[]];
  const spelled = new Map(clauses.map((clause) => [JSON.stringify(clause), clause]));
  return [...spelled].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, clause]) => clause);
}

function parametersOf({ row, within }: HeldRow): readonly string[] {
  const compared = (row.condition ?? []).map(({ parameter }) => parameter);
  return within === undefined ? compared : [...compared, within.parameter];
}

function clauseOf({ row, within }: HeldRow, placeOf: PlaceOf): Clause {
  const tenantPlace = within === undefined ? undefined : placeOf(within.parameter);
  const ofCondition = (row.condition ?? []).flatMap((atom) => {
    const place = placeOf(atom.parameter);
    return place === undefined ? [] : [{ place, operand: operandOf(atom), negated: atom.negated }];
  });
  if (within === undefined || tenantPlace === undefined) return ofCondition;
  // Neither a literal nor one claim for all places: a value that cannot name a tenant is unknown.
  const operand = `${within.tenant} at ${tenantPlace}`;
  return [...ofCondition, { place: tenantPlace, operand, negated: false }];
}
