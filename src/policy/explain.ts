import { ownText } from "../own-property.ts";
import { acceptedAge, type DecideAt } from "./accepted-age.ts";
import { routeEntry } from "./assemble.ts";
import { type Atom, evaluateCondition, spellAtom, type Truth } from "./condition.ts";
import { decide, decidePermission } from "./decide.ts";
import type { Decision, DecisionRequest, DeterminingRow, PermissionRequest } from "./decision.ts";
import type { DecisionRow, Policy, PolicyAppRow, RouteEntry, TenantRoles } from "./policy.ts";
import { describeRow } from "./row-description.ts";
import { type SignInTimes, signInAge } from "./sign-in-age.ts";
import { AUTHENTICATED, MACHINE, type Subject } from "./subject.ts";
import { nearest } from "./suggestion.ts";
import { tenantIn, tenantOf, tenantTruth } from "./tenant-group.ts";

/** Why one row is part of a decision: `group:support -> role:support -> role:viewer`, then the row. */
export interface RowChain {
  readonly row: DeterminingRow;
  /** The shortest path from a subject of the request to the row's subject; of equal paths the first by name. */
  readonly path: readonly Subject[];
  /** The permission pattern of the row, e.g. `orders:*`. */
  readonly permission: string;
}

/** An allow row, or a `p3` row of the app, that could open the route, and why it did not. */
export interface NearMiss {
  readonly row: DeterminingRow;
  readonly because:
    | {
        readonly kind: "subject_not_held";
        readonly subject: Subject;
        /** The groups, clients, users and scopes that lead to the row's subject, sorted. */
        readonly heldBy: readonly Subject[];
      }
    | {
        /** The token has the group of another tenant than the request names. */
        readonly kind: "other_tenant";
        readonly subject: Subject;
        /** The member of the `g` row: `group:{tenantId}.editors`. */
        readonly group: Subject;
        readonly parameter: string;
        /** The tenant that the request names; undefined if the parameter is missing or cannot be a tenant's name. */
        readonly asked: string | undefined;
        /** The tenants whose group the token has, sorted. */
        readonly own: readonly string[];
      }
    | {
        readonly kind: "condition";
        readonly truth: Exclude<Truth, "true">;
        readonly atoms: readonly AtomReport[];
      }
    /** A `p3` row of the app: its token lacks the scope. */
    | { readonly kind: "scope_not_held"; readonly client: Subject; readonly scope: string };
}

/** One comparison and its values, of which a literal is one; undefined means missing or not a string. */
interface AtomReport {
  readonly text: string;
  /** Seconds since the sign-in, for `max_age`; undefined if unknown. */
  readonly age?: number | undefined;
  readonly parameterValue: string | undefined;
  readonly claimValue: string | undefined;
  readonly truth: Truth;
}

/** A decision and its reasons, in an order that depends only on policy and request. */
export interface Explanation {
  /** The effect for the caller: as decided, except that a public route allows everyone, since it has no authorizer. */
  readonly effect: Decision["effect"];
  /** The decision of an authorizer, which denies on a public route too. */
  readonly decision: Decision;
  /** The rows that decided. */
  readonly determining: readonly RowChain[];
  /** For a deny by rows, or because the app may not: the allow rows that matched as well. */
  readonly overruled: readonly RowChain[];
  /**
   * For a deny because nothing is granted: the rows that could have granted it, the nearest first. Because the app may
   * not: its `p3` rows whose scope the token lacks.
   */
  readonly missing: readonly NearMiss[];
  /** For a deny: if signing in again opens it, the age in seconds up to which a sign-in counts. */
  readonly acceptedAge: number | undefined;
  /** For an unknown route: a declared route with a similar spelling. */
  readonly didYouMean: string | undefined;
}

/**
 * Decides and explains: for an allow the rows and how the request holds their subjects, for a deny the denying rows or
 * what is missing.
 * @throws ClaimgateError as {@link decide} does
 *
 * @example
 * import { explain } from "claimgate/policy";
 *
 * const { effect, missing } = explain(policy, {
 *   subjects: ["role:authenticated"],
 *   route: "GET /orders",
 *   parameters: {},
 *   claims: {},
 * });
 * console.log(effect, missing);
 */
export function explain(policy: Policy, request: DecisionRequest, asked = request.route): Explanation {
  const entry = request.route === undefined ? undefined : policy.routeEntries.get(request.route);
  const again = (times: SignInTimes) => decide(policy, { ...request, ...times });
  return explanation(policy, request, again(request), entry, { asked, again });
}

/**
 * The same for a single permission.
 * @throws ClaimgateError as {@link decidePermission} does
 */
export function explainPermission(policy: Policy, request: PermissionRequest): Explanation {
  const entry = routeEntry([request.permission], policy.rowsByPattern);
  const again = (times: SignInTimes) => decidePermission(policy, { ...request, ...times });
  return explanation(policy, request, again(request), entry, { asked: undefined, again });
}

type Asked = Omit<DecisionRequest, "route">;

function explanation(
  policy: Policy,
  request: Asked,
  decision: Decision,
  entry: RouteEntry | undefined,
  { asked, again }: { readonly asked: string | undefined; readonly again: DecideAt },
): Explanation {
  const rows =
    entry === undefined ? [] : policy.decisionRows.filter((row) => entry.covering.has(row.permission));
  const held = new Set<string>(decision.subjects);
  const matching = rows.filter((row) => held.has(row.subject) && rowTruth(row, request) === "true");
  const chain = (row: DecisionRow) => chainOf(policy, request, row);
  const determining = new Set(decision.determining.map(({ row }) => row));
  return {
    effect: decision.reason === "route_without_permission" ? "allow" : decision.effect,
    decision,
    determining: [
      ...rows.filter((row) => determining.has(describeRow("p", row).row)).map(chain),
      ...appRowsOf(policy, request, entry)
        .filter((row) => determining.has(describeRow("p3", row).row))
        .map(appChain),
    ],
    overruled: ["denied_by_row", "app_not_allowed"].includes(decision.reason)
      ? matching.filter((row) => row.effect === "allow").map(chain)
      : [],
    missing: missingFor(policy, decision, { rows, held, request, entry }),
    acceptedAge: decision.effect === "deny" ? acceptedAge(policy, request, again) : undefined,
    didYouMean:
      decision.reason === "route_unknown" && asked !== undefined
        ? nearest(asked, policy.routes.names)
        : undefined,
  };
}

/** The `p3` rows of the app that cover a permission of the route, whether or not their scope is held. */
function appRowsOf({ apps }: Policy, { app }: Asked, entry: RouteEntry | undefined): readonly PolicyAppRow[] {
  const own = app === undefined ? undefined : apps.get(app.client);
  return [...(entry?.covering ?? [])]
    .flatMap((pattern) => own?.get(pattern) ?? [])
    .sort((a, b) => a.ordinal - b.ordinal);
}

function appChain(row: PolicyAppRow): RowChain {
  return { row: describeRow("p3", row), path: [`client:${row.client}`], permission: row.permission };
}

interface Considered {
  readonly rows: readonly DecisionRow[];
  readonly held: ReadonlySet<string>;
  readonly request: Asked;
  readonly entry: RouteEntry | undefined;
}

function missingFor(
  policy: Policy,
  { reason }: Decision,
  { rows, held, request, entry }: Considered,
): readonly NearMiss[] {
  if (reason === "nothing_granted") return nearMisses(policy, rows, held, request);
  if (reason !== "app_not_allowed") return [];
  return appRowsOf(policy, request, entry).flatMap((row): NearMiss[] => {
    const { client, scope } = row;
    if (scope === undefined || request.app?.scopes.includes(scope) === true) return [];
    return [
      { row: describeRow("p3", row), because: { kind: "scope_not_held", client: `client:${client}`, scope } },
    ];
  });
}

function rowTruth(row: DecisionRow, request: Asked): Truth {
  return row.condition === undefined ? "true" : evaluateCondition(row.condition, request);
}

function chainOf(policy: Policy, request: Asked, row: DecisionRow): RowChain {
  return {
    row: describeRow("p", row),
    path: shortestPath(policy, request, row.subject, row.effect),
    permission: row.permission,
  };
}

/**
 * Breadth first over the `g` rows, in the order of names, so that the result is deterministic. For a deny row, a group
 * of a tenant that the request does not name leads on too.
 */
function shortestPath(
  policy: Policy,
  { subjects, parameters }: Asked,
  to: Subject,
  effect: DecisionRow["effect"],
): readonly Subject[] {
  const paths = new Map<Subject, readonly Subject[]>(
    subjects.toSorted().map((subject) => [subject, [subject]]),
  );
  const ofTenants = policy.tenantRoles.map((group) => ({
    group,
    truth: tenantTruth(group, subjects, parameters),
  }));
  const given = ofTenants.filter(
    ({ truth }) => truth === "true" || (truth === "unknown" && effect === "deny"),
  );
  const rolesAfter = (subject: Subject) => {
    const direct = policy.directRoles.get(subject) ?? [];
    if (given.length === 0 || !subject.startsWith("group:")) return direct;
    const asked = (group: TenantRoles) => tenantIn(parameters, group.parameter);
    const fits = given.filter(({ group, truth }) => {
      const tenant = tenantOf(group, subject);
      return tenant !== undefined && (truth === "unknown" || tenant === asked(group));
    });
    return [...direct, ...fits.flatMap(({ group }) => group.directRoles)];
  };
  for (const [subject, path] of paths) {
    if (subject === to) return path;
    for (const role of rolesAfter(subject)) if (!paths.has(role)) paths.set(role, [...path, role]);
  }
  return [];
}

/**
 * First the rows whose subject is held and whose condition failed, then those whose subject is held in another tenant,
 * then the rows of other subjects that a token of this
 * kind can hold, those whose subject grants the least besides first.
 */
function nearMisses(
  policy: Policy,
  rows: readonly DecisionRow[],
  held: ReadonlySet<string>,
  request: Asked,
): NearMiss[] {
  const allows = rows.filter((row) => row.effect === "allow");
  const failed = allows.flatMap((row): NearMiss[] => {
    const truth = rowTruth(row, request);
    if (!held.has(row.subject) || truth === "true") return [];
    return [
      { row: describeRow("p", row), because: { kind: "condition", truth, atoms: atomsOf(row, request) } },
    ];
  });
  const absent = allows.filter((row) => !held.has(row.subject));
  const elsewhere = absent.flatMap((row) => inOtherTenant(policy, row, request) ?? []);
  const foreign = absent
    .filter((row) => inOtherTenant(policy, row, request) === undefined)
    .map((row): NearMiss => {
      const heldBy = holdersOf(policy, row.subject);
      return {
        row: describeRow("p", row),
        because: { kind: "subject_not_held", subject: row.subject, heldBy },
      };
    });
  return [...failed, ...elsewhere, ...sortedByNearness(policy, foreign, held)];
}

/** The miss of a row whose subject the token holds in a tenant that the request does not name. */
function inOtherTenant(
  policy: Policy,
  row: DecisionRow,
  { subjects, parameters }: Asked,
): NearMiss | undefined {
  for (const group of policy.tenantRoles) {
    if (!group.roles.includes(row.subject)) continue;
    const own = subjects.flatMap((subject) => tenantOf(group, subject) ?? []).sort();
    if (own.length === 0) continue;
    const asked = tenantIn(parameters, group.parameter);
    return {
      row: describeRow("p", row),
      because: {
        kind: "other_tenant",
        subject: row.subject,
        group: group.member,
        parameter: group.parameter,
        asked,
        own,
      },
    };
  }
  return undefined;
}

/** Suggests the subject with the least other access: cashiers before administrators. */
function sortedByNearness(
  policy: Policy,
  misses: readonly NearMiss[],
  held: ReadonlySet<string>,
): NearMiss[] {
  const opened = openedBy(policy);
  const own = opened([...held]);
  const ranks = new Map<Subject, readonly number[]>();
  const rankOf = (subject: Subject) => {
    const known = ranks.get(subject);
    if (known !== undefined) return known;
    const gained = [...opened([subject])].filter((route) => !own.has(route)).length;
    const rank = [canBeHeld(policy, subject, held) ? 0 : 1, gained];
    ranks.set(subject, rank);
    return rank;
  };
  const subjectOf = ({ because }: NearMiss) =>
    because.kind === "subject_not_held" ? because.subject : AUTHENTICATED;
  return misses.toSorted((a, b) => {
    const [one, other] = [rankOf(subjectOf(a)), rankOf(subjectOf(b))];
    return (one[0] ?? 0) - (other[0] ?? 0) || (one[1] ?? 0) - (other[1] ?? 0);
  });
}

/** The routes that subjects and their roles open, ignoring conditions and deny rows. */
function openedBy({
  routeEntries,
  rolesOf,
  decisionRows,
}: Policy): (subjects: readonly string[]) => ReadonlySet<string> {
  const allowed = new Map<string, Set<string>>();
  for (const { subject, permission, effect } of decisionRows) {
    if (effect === "deny") continue;
    const known = allowed.get(subject);
    if (known === undefined) allowed.set(subject, new Set([permission]));
    else known.add(permission);
  }
  return (subjects) => {
    const patterns = new Set(
      subjects
        .flatMap((subject) => [subject, ...(rolesOf.get(subject) ?? [])])
        .flatMap((subject) => [...(allowed.get(subject) ?? [])]),
    );
    const isOpen = ([, { covering }]: [string, RouteEntry]) =>
      [...covering].some((pattern) => patterns.has(pattern));
    return new Set([...routeEntries].filter(isOpen).map(([route]) => route));
  };
}

/** Whether a token of the same kind, a user's or a machine's, can hold the subject. */
function canBeHeld(policy: Policy, subject: Subject, held: ReadonlySet<string>): boolean {
  const isOfKind = (one: string) =>
    held.has(MACHINE) ? /^(client|scope):/.test(one) : /^(group|user):/.test(one);
  if (!subject.startsWith("role:")) return isOfKind(subject);
  return holdersOf(policy, subject).some(isOfKind);
}

function atomsOf(row: DecisionRow, request: Asked): AtomReport[] {
  return (row.condition ?? []).map((atom) => ({
    text: spellAtom(atom),
    ...comparedBy(atom, request),
    truth: evaluateCondition([atom], request),
  }));
}

function comparedBy(atom: Atom, request: Asked): Omit<AtomReport, "text" | "truth"> {
  if (atom.maxAge !== undefined) {
    return { age: signInAge(request), parameterValue: undefined, claimValue: undefined };
  }
  return {
    parameterValue: ownText(request.parameters, atom.parameter),
    claimValue: atom.literal ?? ownText(request.claims, atom.claim),
  };
}

/** Members that are not roles themselves and lead to the role, sorted; a group of each tenant as its row spells it. */
function holdersOf(policy: Policy, subject: Subject): readonly Subject[] {
  const ofTenants = policy.tenantRoles.filter(({ roles }) => roles.includes(subject));
  return [...policy.rolesOf]
    .filter(([member, roles]) => !member.startsWith("role:") && roles.includes(subject))
    .map(([member]) => member as Subject)
    .concat(ofTenants.map(({ member }) => member))
    .sort();
}
