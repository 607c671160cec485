import { type App, appCover } from "../../policy/app.ts";
import { heldRows } from "../../policy/granted.ts";
import type { DecisionRow, Policy, RouteEntry, TenantRoles } from "../../policy/policy.ts";
import { holdings } from "../../policy/roles.ts";
import type { Subject } from "../../policy/subject.ts";
import { hasBraces, sameTenantGroup, tenantGroup, tenantOf } from "../../policy/tenant-group.ts";

/** All that a token holds: on every request, and in a tenant. */
export interface Holdings {
  readonly always: ReadonlySet<Subject>;
  readonly inTenant: readonly TenantHolding[];
}

/**
 * Roles of one group of a tenant. On a request they are held as if every row of theirs had one more comparison, of the
 * parameter with the tenant: true, false, or unknown if the route lacks the parameter.
 */
interface TenantHolding {
  /** The member of the `g` rows, `group:{tenantId}.editors`. */
  readonly member: Subject;
  readonly parameter: string;
  /** The tenant's identity in a comparison: its name, or whatever it is that a group of the token names. */
  readonly tenant: string;
  /** The comparison for people: `{tenantId} is acme`. */
  readonly text: string;
  /** Without those that the token always holds. */
  readonly roles: ReadonlySet<Subject>;
}

/** What a caller without a token holds. */
export const NOTHING: Holdings = { always: new Set(), inTenant: [] };

/**
 * @param subjects those that a token holds directly; `group:{tenantId}.editors` is that group of any one tenant
 */
export function holdingsOf(policy: Policy, subjects: readonly Subject[]): Holdings {
  const always = holdings(policy, subjects);
  const inTenant = policy.tenantRoles.flatMap((group) =>
    subjects.flatMap((subject): TenantHolding[] => {
      const tenant = tenantNamed(group, subject);
      const roles = new Set(group.roles.filter((role) => !always.has(role)));
      return tenant === undefined || roles.size === 0
        ? []
        : [{ member: group.member, parameter: group.parameter, ...tenant, roles }];
    }),
  );
  return { always, inTenant };
}

function tenantNamed(
  group: TenantRoles,
  subject: Subject,
): Pick<TenantHolding, "tenant" | "text"> | undefined {
  if (hasBraces(subject)) {
    const pattern = tenantGroup(subject);
    if (pattern === undefined || !sameTenantGroup(pattern, group)) return undefined;
    return {
      tenant: `${group.before}{}${group.after}`,
      text: `{${group.parameter}} is the tenant of the group`,
    };
  }
  const tenant = tenantOf(group, subject);
  return tenant === undefined
    ? undefined
    : { tenant: `'${tenant}'`, text: `{${group.parameter}} is ${tenant}` };
}

/** Every subject that the token may hold on some request, and the members of the `g` rows that give them. */
export function everHeld({ always, inTenant }: Holdings): ReadonlySet<Subject> {
  return new Set([...always, ...inTenant.flatMap(({ member, roles }) => [member, ...roles])]);
}

/** A row that may match, and the tenant in which its subject is held; undefined if it always is. */
export interface HeldRow {
  readonly row: DecisionRow;
  readonly within: TenantHolding | undefined;
}

/** Every row that can match the route, once for each way to hold its subject. */
function rowsHeld(entry: RouteEntry, { always, inTenant }: Holdings): readonly HeldRow[] {
  const of = (held: ReadonlySet<Subject>, within: TenantHolding | undefined) =>
    heldRows(entry, held).map((row) => ({ row, within }));
  return [...of(always, undefined), ...inTenant.flatMap((within) => of(within.roles, within))];
}

/**
 * The same through an app: without the allow rows that it does not cover.
 *
 * @param app the app of a user's token; undefined for what users may, whatever their app
 */
export function rowsHeldThrough(
  policy: Policy,
  entry: RouteEntry,
  held: Holdings,
  app: App | undefined,
): readonly HeldRow[] {
  const rows = rowsHeld(entry, held);
  const cover = app === undefined ? undefined : appCover(policy, entry, held.always, app);
  if (cover === undefined) return rows;
  return rows.filter(({ row }) => row.effect === "deny" || cover.covering.has(row.permission));
}
