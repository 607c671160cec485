import { parseRows } from "../../policy/parse.ts";
import { covers } from "../../policy/permission.ts";
import type { Policy, RouteEntry } from "../../policy/policy.ts";
import { holdings } from "../../policy/roles.ts";
import type { Row } from "../../policy/row.ts";
import type { Subject } from "../../policy/subject.ts";
import { type ChangeScope, comparedRequests } from "./access-changes.ts";
import { type DiffSide, EVERYTHING } from "./policy-diff.ts";
import { renamedParameters } from "./renamed-parameters.ts";

/** Two policies with more differing rows are compared as a whole. */
const MOST_ROWS = 500;

/**
 * The access that the differing rows of two policies can change, so that an edit of a large policy is compared in the
 * time of the edit. Whoever holds no subject of a differing row, and every route and permission that none of them
 * reaches, has the same rows in both policies, and so the same terms.
 *
 * @returns a scope in which the changes are those of the whole comparison
 */
export function scopeOfEdit(before: DiffSide, after: DiffSide): ChangeScope {
  const texts = [...onlyIn(before, after), ...onlyIn(after, before)];
  if (texts.length > MOST_ROWS) return EVERYTHING;
  const rows = parseRows("", texts.join("\n")).rows;
  // The first `p3` row closes everything to the other apps.
  if (rows.some(({ type }) => type === "p3")) return EVERYTHING;
  const reach = reachOf(rows, [before.policy, after.policy]);
  const isRenamed = reach.routes.size > 0 && renamesParameters(before.policy, after.policy);
  return {
    route: (route) => reach.routes.has(route) || entriesOf(route, before, after).some(reach.opens),
    permission: (permission) => isRenamed || reach.permission(permission),
    subject: (held) => isRenamed || reach.routes.size > 0 || intersects(held, reach.subjects),
  };
}

function onlyIn(side: DiffSide, other: DiffSide): readonly string[] {
  const known = new Set(other.rows.map(({ text }) => text));
  return side.rows.map(({ text }) => text).filter((text) => !known.has(text));
}

function entriesOf(route: string, ...sides: readonly DiffSide[]): readonly RouteEntry[] {
  return sides.flatMap(({ policy }) => policy.routeEntries.get(route) ?? []);
}

/** What differing rows reach. */
interface Reach {
  /** The routes of `g2` rows. Where another route than before decides requests, one of the two is among them. */
  readonly routes: ReadonlySet<string>;
  /** Whoever holds none of these has the same `p` rows and the same roles. */
  readonly subjects: ReadonlySet<Subject>;
  readonly opens: (entry: RouteEntry) => boolean;
  readonly permission: (permission: string) => boolean;
}

function reachOf(rows: readonly Row[], policies: readonly Policy[]): Reach {
  const patterns = new Set(rows.flatMap((row) => (row.type === "p" ? [row.permission] : [])));
  const roles = new Set(
    rows.flatMap((row) =>
      row.type === "g" ? policies.flatMap((policy) => [...holdings(policy, [row.role])]) : [],
    ),
  );
  const ofRoles = new Set(
    policies.flatMap(({ rowsByPattern }) =>
      [...rowsByPattern].flatMap(([pattern, bySubject]) =>
        [...roles].some((role) => bySubject.has(role)) ? [pattern] : [],
      ),
    ),
  );
  const reached = new Set([...patterns, ...ofRoles]);
  return {
    routes: new Set(rows.flatMap((row) => (row.type === "g2" ? [row.route] : []))),
    subjects: new Set(
      rows.flatMap((row) => (row.type === "p" ? [row.subject] : row.type === "g" ? [row.member] : [])),
    ),
    opens: ({ covering }) => intersects(covering, reached),
    permission: (permission) => [...reached].some((pattern) => covers(pattern, permission)),
  };
}

/** A condition on a parameter compares another value of a handler's call where its name changed. */
function renamesParameters(before: Policy, after: Policy): boolean {
  return renamedParameters(before, comparedRequests(before, after).classes).size > 0;
}

function intersects<T>(some: ReadonlySet<T>, others: ReadonlySet<T>): boolean {
  const [small, large] = some.size < others.size ? [some, others] : [others, some];
  for (const one of small) if (large.has(one)) return true;
  return false;
}
