import type { App } from "../../policy/app.ts";
import { routeEntry } from "../../policy/assemble.ts";
import { type Atom, isLiteral, operandOf, type ParameterAtom } from "../../policy/condition.ts";
import type { DecisionRow, Policy, RouteEntry } from "../../policy/policy.ts";
import { isToolRoute } from "../../policy/route.ts";
import { MACHINE } from "../../policy/subject.ts";
import {
  ALWAYS,
  argumentPlace,
  type Clause,
  type Comparison,
  NEVER,
  type Terms,
} from "./condition-outcomes.ts";
import { type HeldRow, type Holdings, rowsHeldThrough } from "./holdings.ts";
import { segmentsIn } from "./route-shape.ts";

/** Parameter -> its place in the path; the quoted literal where the path always has that one. */
export type Places = Pick<ReadonlyMap<string, string>, "get" | "has">;

/** Of the arguments of a tool, which may have any name. */
const ARGUMENTS: Places = { get: argumentPlace, has: () => true };

/** The places of a route's parameters: in the path ({@link pathPlaces}), or as arguments of a tool. */
export function placesOf(route: string | undefined, other: string | undefined): Places {
  return route !== undefined && isToolRoute(route) ? ARGUMENTS : pathPlaces(route, other);
}

/**
 * The positions of a route's parameters in the path, so that `{userId}` of one policy equals `{id}` of another. Where
 * the other route has a literal, so has every path that both decide.
 *
 * @param other the route that decides the same requests in another policy: if it has the same length, a greedy
 * parameter matches one segment
 */
export function pathPlaces(
  route: string | undefined,
  other: string | undefined,
): ReadonlyMap<string, string> {
  const segments = segmentsIn(route) ?? [];
  const exact = segmentsIn(other) ?? [];
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
  const entry = entryOn(policy, { route });
  if (entry === undefined) return NEVER;
  if (entry.permissions.length === 0) return ALWAYS;
  return termsOf(rowsHeldThrough(policy, entry, held, app), (parameter) => places.get(parameter), held);
}

/** When holders of the subjects have the permission on a route with all parameters. */
function termsOnPermission(policy: Policy, permission: string, held: Holdings, app?: App): Terms {
  return permissionTerms(policy, permission)(held, app);
}

/** A route or a single permission. */
export type TermsTarget = { readonly route: string } | { readonly permission: string };

/** What the policy says about it; undefined for a route that is not declared. */
export function entryOn(
  policy: Pick<Policy, "routeEntries" | "rowsByPattern">,
  target: { readonly route: string | undefined } | { readonly permission: string },
): RouteEntry | undefined {
  if ("permission" in target) return routeEntry([target.permission], policy.rowsByPattern);
  return target.route === undefined ? undefined : policy.routeEntries.get(target.route);
}

export function termsOn(policy: Policy, target: TermsTarget, held: Holdings, app?: App): Terms {
  return "route" in target
    ? termsOnRoute(policy, target.route, held, undefined, app)
    : termsOnPermission(policy, target.permission, held, app);
}

export function isPublicTarget(policy: Policy, target: TermsTarget): boolean {
  return "route" in target && isPublicRoute(policy, target.route);
}

/** Whether the route is declared and has no authorizer. */
export function isPublicRoute(policy: Policy, route: string | undefined): boolean {
  return route !== undefined && policy.routeEntries.get(route)?.permissions.length === 0;
}

type PlaceOf = (parameter: string) => string | undefined;

/**
 * The same for many holders.
 *
 * @param permission or `resource:*` or `*`, for all permissions that no row names
 * @param placeOf the identity of a parameter; by default its name
 */
function permissionTerms(
  policy: Policy,
  permission: string,
  placeOf: PlaceOf = (parameter) => parameter,
): (held: Holdings, app?: App) => Terms {
  const entry = routeEntry([permission], policy.rowsByPattern);
  return (held, app) => termsOf(rowsHeldThrough(policy, entry, held, app), placeOf, held);
}

/**
 * The same for a permission in two policies. A handler may ask without a parameter, like a tool that is called without
 * an argument.
 *
 * @param renamed parameters that only have another name in the second policy
 */
export function permissionTermsOfBoth(
  { before, after }: { readonly before: Policy; readonly after: Policy },
  permission: string,
  renamed: ReadonlyMap<string, string>,
) {
  const nameAfter = (parameter: string) => argumentPlace(renamed.get(parameter) ?? parameter);
  return [
    permissionTerms(before, permission, nameAfter),
    permissionTerms(after, permission, argumentPlace),
  ] as const;
}

function termsOf(rows: readonly HeldRow[], placeOf: PlaceOf, { always }: Holdings): Terms {
  // A machine never signs in.
  const compared: ComparisonOf = (atom) =>
    atom.maxAge === undefined
      ? comparisonAt(placeOf(atom.parameter), atom)
      : always.has(MACHINE)
        ? undefined
        : { maxAge: atom.maxAge, negated: atom.negated };
  return {
    // A comparison with a parameter that the route lacks is unknown: such a row never allows ...
    allow: clausesOf(rows, "allow", ({ row, within }) =>
      (row.condition ?? []).every((atom) => compared(atom) !== undefined) &&
      (within === undefined || placeOf(within.parameter) !== undefined)
        ? [clauseOf({ row, within }, compared, placeOf)]
        : [],
    ),
    // ... and denies by its remaining comparisons.
    deny: clausesOf(rows, "deny", (row) => [clauseOf(row, compared, placeOf)]),
  };
}

/** Undefined for what is always unknown. */
type ComparisonOf = (atom: Atom) => Comparison | undefined;

function comparisonAt(place: string | undefined, atom: ParameterAtom): Comparison | undefined {
  return place === undefined ? undefined : { place, operand: operandOf(atom), negated: atom.negated };
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

function clauseOf({ row, within }: HeldRow, compared: ComparisonOf, placeOf: PlaceOf): Clause {
  const tenantPlace = within === undefined ? undefined : placeOf(within.parameter);
  const ofCondition = (row.condition ?? []).flatMap((atom) => compared(atom) ?? []);
  if (within === undefined || tenantPlace === undefined) return ofCondition;
  // Neither a literal nor one claim for all places: a value that cannot name a tenant is unknown.
  const operand = `${within.tenant} at ${tenantPlace}`;
  return [...ofCondition, { place: tenantPlace, operand, negated: false }];
}
