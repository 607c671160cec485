import { routeEntry } from "../../policy/assemble.ts";
import { assignedRoles } from "../../policy/assigned-roles.ts";
import { PUBLIC } from "../../policy/permission.ts";
import type {
  AppRowsByPattern,
  DecisionRow,
  DecisionRowsBySubject,
  Policy,
  PolicyAppRow,
  PolicyRow,
} from "../../policy/policy.ts";
import { createRouteTable } from "../../policy/route-table.ts";
import type { AppRow, PermissionRow, RoleRow, RouteRow, Row } from "../../policy/row.ts";
import type { Subject } from "../../policy/subject.ts";

/** What to do with a row of a policy. */
export type RowEdit = "add" | "remove";

/**
 * The policy with one row more or less, for a comparison of access: it shares with the policy all that the row does not
 * concern, since assembling a large policy for each of its rows takes minutes. The row comes last, and the version, the
 * conditions by their text and what they compare stay those of the policy: no access depends on these.
 */
export function editedPolicy(policy: Policy, row: Row, edit: RowEdit): Policy {
  switch (row.type) {
    case "p":
      return withDecisionRows(policy, row, edit);
    case "g":
      return withRoles(policy, row, edit);
    case "g2":
      return withRoutes(policy, row, edit);
    case "p3":
      return withApps(policy, row, edit);
    case "p2":
    case "g3":
    case "g4":
      return policy;
  }
}

function withDecisionRows(policy: Policy, row: PermissionRow, edit: RowEdit): Policy {
  const { subject, permission, effect, condition, fields } = row;
  const columns = [subject, permission, effect, fields[3] ?? ""];
  const own: DecisionRow = { ...lastRow(policy, row), subject, permission, effect, condition, columns };
  const subjects = new Map(policy.rowsByPattern.get(permission));
  setRows(subjects, subject, edited(subjects.get(subject) ?? [], own, edit));
  const rowsByPattern = new Map<string, DecisionRowsBySubject>(policy.rowsByPattern);
  if (subjects.size === 0) rowsByPattern.delete(permission);
  else rowsByPattern.set(permission, subjects);
  const routeEntries = new Map(policy.routeEntries);
  for (const [route, { covering, permissions }] of policy.routeEntries) {
    if (covering.has(permission)) routeEntries.set(route, routeEntry(permissions, rowsByPattern));
  }
  // A subject that no row names any more may stay: it only tells decisions apart that are the same.
  const decisionSubjects = new Set([...policy.decisionSubjects, subject]);
  const decisionRows = edited(policy.decisionRows, own, edit);
  return { ...policy, decisionRows, decisionSubjects, rowsByPattern, routeEntries };
}

function withRoles(policy: Policy, { member, role }: RoleRow, edit: RowEdit): Policy {
  const change = (roles: readonly Subject[]) =>
    edit === "add" ? [...roles, role].sort() : roles.filter((one) => one !== role);
  const assigned = new Map<string, readonly Subject[]>([
    ...policy.directRoles,
    ...policy.tenantRoles.map((group) => [group.member, group.directRoles] as const),
  ]);
  setRows(assigned, member, change(assigned.get(member) ?? []));
  return { ...policy, ...assignedRoles(assigned, (roles) => roles) };
}

function withRoutes(policy: Policy, { route, permission }: RouteRow, edit: RowEdit): Policy {
  const entry = policy.routeEntries.get(route);
  const names = entry?.permissions.length === 0 ? [PUBLIC] : (entry?.permissions ?? []);
  const left = edit === "add" ? [...names, permission].sort() : names.filter((name) => name !== permission);
  const routeEntries = new Map(policy.routeEntries);
  if (left.length === 0) routeEntries.delete(route);
  else routeEntries.set(route, routeEntry(left, policy.rowsByPattern));
  const isSame = routeEntries.size === policy.routeEntries.size;
  return {
    ...policy,
    routeEntries,
    routes: isSame ? policy.routes : createRouteTable(routeEntries.keys()),
  };
}

function withApps(policy: Policy, row: AppRow, edit: RowEdit): Policy {
  const { permission, scope } = row;
  const client = row.client.slice("client:".length);
  const own: PolicyAppRow = { ...lastRow(policy, row), client, permission, scope };
  const patterns = new Map(policy.apps.get(client));
  setRows(patterns, permission, edited(patterns.get(permission) ?? [], own, edit));
  const apps = new Map<string, AppRowsByPattern>(policy.apps);
  if (patterns.size === 0) apps.delete(client);
  else apps.set(client, patterns);
  const rows = [...apps.values()].flatMap((byPattern) => [...byPattern.values()].flat());
  const appScopes = [...new Set(rows.flatMap((one) => one.scope ?? []))].sort();
  return { ...policy, apps, appScopes };
}

function lastRow({ decisionRows }: Policy, { file, line, fields }: Row): PolicyRow {
  return { file, line, fields, ordinal: (decisionRows.at(-1)?.ordinal ?? 0) + 1 };
}

function edited<R extends PolicyRow>(rows: readonly R[], row: R, edit: RowEdit): readonly R[] {
  return edit === "add" ? [...rows, row] : rows.filter((one) => !hasSameFields(one, row));
}

function hasSameFields(one: PolicyRow, other: PolicyRow): boolean {
  return (
    one.fields.length === other.fields.length &&
    one.fields.every((field, index) => field === other.fields[index])
  );
}

/** No key has an empty list: it would be a subject or a pattern that no row names. */
function setRows<V>(map: Map<string, readonly V[]>, key: string, rows: readonly V[]): void {
  if (rows.length === 0) map.delete(key);
  else map.set(key, rows);
}
