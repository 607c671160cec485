import type {
  FrontEndComparison,
  FrontEndPermission,
  FrontEndPolicy,
  FrontEndRule,
  FrontEndTenantGroup,
} from "../../client/front-end-policy.ts";
import type { Atom } from "../../policy/condition.ts";
import { groupBy } from "../../policy/group-by.ts";
import { covers } from "../../policy/permission.ts";
import { followRoles } from "../../policy/roles.ts";
import type { AppRow, PermissionRow, RoleRow, Row } from "../../policy/row.ts";
import { AUTHENTICATED, ownName, type Subject } from "../../policy/subject.ts";
import { type TenantGroup, tenantGroup, tenantOf } from "../../policy/tenant-group.ts";

/** What decides which part of the rows leaves the server. */
export interface FrontEndOptions {
  readonly permissions: readonly string[];
  /** The parameters whose literals may leave. */
  readonly literals: readonly string[];
  /** The app client of the front end, for a policy with `p3` rows. */
  readonly app?: string | undefined;
  /** The alias of its user pool, where there are several. */
  readonly pool?: string | undefined;
}

/** A row that cannot leave as it is, and where the browser's answer then differs from the API's. */
export interface InexactRow {
  readonly permission: string;
  readonly row: PermissionRow;
  /** Whether the browser may show less than the API allows, or more to single users whom a row denies. */
  readonly differs: "narrower" | "wider";
}

export interface FrontEndResult {
  readonly policy: FrontEndPolicy;
  readonly inexact: readonly InexactRow[];
}

/** The part of the rows that a browser may see. The order of rows, files and lists does not matter. */
export function frontEndPolicy(rows: readonly Row[], options: FrontEndOptions): FrontEndResult {
  const part = new FrontEndPart(rows, options);
  const permissions = [...options.permissions].sort().map((name) => [name, part.permission(name)] as const);
  return { policy: { format: 1, permissions: Object.fromEntries(permissions) }, inexact: part.inexact };
}

/** Whom a row is about, as far as a browser may know it. */
interface Holders {
  readonly everyone: boolean;
  readonly groups: readonly string[];
  readonly tenants: readonly FrontEndTenantGroup[];
  /** Groups of one tenant, by the pattern that they fit: they would name the tenant. */
  readonly ofOneTenant: readonly FrontEndTenantGroup[];
  /** Whether single users hold the subject by a row. */
  readonly hasUsers: boolean;
}

class FrontEndPart {
  inexact: readonly InexactRow[] = [];
  readonly #options: FrontEndOptions;
  readonly #permissionRows: readonly PermissionRow[];
  readonly #appRows: readonly AppRow[];
  readonly #membersOf: ReadonlyMap<Subject, readonly RoleRow[]>;
  readonly #tenantGroups: readonly TenantGroup[];
  readonly #holders = new Map<Subject, Holders>();

  constructor(rows: readonly Row[], options: FrontEndOptions) {
    const roleRows = rows.filter((row) => row.type === "g");
    this.#options = options;
    this.#permissionRows = rows.filter((row) => row.type === "p");
    this.#appRows = rows.filter((row) => row.type === "p3");
    this.#membersOf = groupBy(roleRows, ({ role }) => role);
    this.#tenantGroups = roleRows.flatMap(({ member }) => tenantGroup(member) ?? []);
  }

  permission(name: string): FrontEndPermission {
    const scopes = this.#scopesFor(name);
    const rules = this.#permissionRows
      .filter((row) => covers(row.permission, name))
      .map((row) => ({ effect: row.effect, rule: this.#ruleOf(row, name) }));
    const of = (effect: PermissionRow["effect"]) =>
      merged(rules.flatMap((one) => (one.effect === effect && one.rule !== undefined ? [one.rule] : [])));
    const allow = scopes === "none" ? [] : of("allow");
    if (allow.length === 0) {
      // Nothing is left to deny, so that nobody needs to know who is denied.
      this.inexact = this.inexact.filter((one) => one.permission !== name || one.differs === "narrower");
      return { allow: [], deny: [] };
    }
    return { allow, deny: of("deny"), ...(typeof scopes === "object" && { scopes }) };
  }

  /** The scopes of which the app needs one, or that it may use the permission with any, or with none. */
  #scopesFor(permission: string): readonly string[] | "any" | "none" {
    if (this.#appRows.length === 0) return "any";
    const own = this.#appRows.filter(
      (row) => row.client === `client:${this.#options.app}` && covers(row.permission, permission),
    );
    if (own.some(({ scope }) => scope === undefined)) return "any";
    return own.length === 0 ? "none" : [...new Set(own.flatMap(({ scope }) => scope ?? []))].sort();
  }

  #ruleOf(row: PermissionRow, permission: string): FrontEndRule | undefined {
    const holders = this.#holdersOf(row.subject);
    const isDeny = row.effect === "deny";
    const when = (row.condition ?? []).map((atom) => this.#comparison(atom));
    const isWithheld = when.some(({ withheld }) => withheld === true);
    const differs = (how: InexactRow["differs"]) => {
      this.inexact = [...this.inexact, { permission, row, differs: how }];
    };
    if (holders.hasUsers && !holders.everyone) differs(isDeny ? "wider" : "narrower");
    else if (isWithheld || holders.ofOneTenant.length > 0) differs("narrower");
    if (isWithheld && !isDeny) return undefined;
    const tenants = [...holders.tenants, ...(isDeny ? holders.ofOneTenant : [])];
    if (!holders.everyone && holders.groups.length + tenants.length === 0) return undefined;
    const whom = holders.everyone ? { everyone: true } : { groups: holders.groups, tenants };
    return { ...whom, when };
  }

  #comparison(atom: Atom): FrontEndComparison {
    if (atom.literal === undefined || this.#options.literals.includes(atom.parameter)) return atom;
    return { withheld: true };
  }

  #holdersOf(subject: Subject): Holders {
    const known = this.#holders.get(subject);
    if (known !== undefined) return known;
    const found = this.#findHolders(subject);
    this.#holders.set(subject, found);
    return found;
  }

  #findHolders(subject: Subject): Holders {
    const members = (role: Subject) => (this.#membersOf.get(role) ?? []).map(({ member }) => member);
    const reached = [...followRoles([subject], members)];
    const groups = reached.filter((one) => one.startsWith("group:"));
    const plain = groups.filter((one) => tenantGroup(one) === undefined);
    const fitting = (one: Subject) => this.#tenantGroups.find((group) => tenantOf(group, one) !== undefined);
    return {
      everyone: reached.includes(AUTHENTICATED),
      groups: plain.filter((one) => fitting(one) === undefined).flatMap((one) => this.#inPool(one) ?? []),
      tenants: groups.flatMap((one) => {
        const group = tenantGroup(one);
        return group === undefined ? [] : this.#pattern(group, group.parameter);
      }),
      ofOneTenant: plain.flatMap((one) => {
        const group = fitting(one);
        return group === undefined ? [] : this.#pattern(group);
      }),
      hasUsers: reached.some((one) => one.startsWith("user:") && this.#inPool(one) !== undefined),
    };
  }

  #pattern({ before, after }: TenantGroup, parameter?: string): readonly FrontEndTenantGroup[] {
    const own = this.#inPool(before);
    return own === undefined ? [] : [{ before: own, after, ...(parameter !== undefined && { parameter }) }];
  }

  /** The name in the pool of the front end, without prefix and alias; undefined if it is of another pool. */
  #inPool(subject: string): string | undefined {
    const name = subject.slice(subject.indexOf(":") + 1);
    const { pool } = this.#options;
    // The placeholder of a group may follow the alias at once.
    return pool !== undefined && name === `${pool}/` ? "" : ownName(pool, name);
  }
}

/** One rule for the same comparisons, whatever rows it comes from; sorted. */
function merged(rules: readonly FrontEndRule[]): readonly FrontEndRule[] {
  const alike = groupBy(rules, ({ when = [] }) => sortedJson(when));
  return [...alike]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([comparisons, same]) => {
      const when = JSON.parse(comparisons) as readonly FrontEndComparison[];
      const condition = when.length > 0 ? { when } : {};
      if (same.some(({ everyone }) => everyone === true)) return { everyone: true, ...condition };
      const groups = [...new Set(same.flatMap((one) => one.groups ?? []))].sort();
      const tenants = JSON.parse(
        sortedJson(same.flatMap((one) => one.tenants ?? [])),
      ) as readonly FrontEndTenantGroup[];
      return {
        ...(groups.length > 0 && { groups }),
        ...(tenants.length > 0 && { tenants }),
        ...condition,
      };
    });
}

/** A list in one order, each item once. */
function sortedJson(items: readonly object[]): string {
  const keyed = items.map((item) => JSON.stringify(Object.fromEntries(Object.entries(item).sort())));
  return `[${[...new Set(keyed)].sort().join(",")}]`;
}
