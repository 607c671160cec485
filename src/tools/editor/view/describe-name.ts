import { counted } from "../../text/counted.ts";
import { chainsFrom, chainsTo, grantsOf, type RowFacts } from "./row-facts.ts";

/** The first names, and how many more there are. */
export function listed(names: readonly string[], most: number): string {
  const shown = names.slice(0, most).join(", ");
  return names.length <= most ? shown : `${shown} and ${names.length - most} more`;
}

const MOST = 3;

/** `opens GET /orders; held by role:viewer`, on one line and without searching for everyone who holds it. */
export function describePermission(facts: RowFacts, permission: string): string {
  const routes = facts.routesOf.get(permission) ?? [];
  const grants = grantsOf(facts, permission).filter(({ denies }) => !denies);
  const holders = [...new Set(grants.map(({ subject }) => subject))];
  return [
    routes.length === 0 ? "opens no route" : `opens ${listed(routes, MOST)}`,
    holders.length === 0 ? "held by nobody" : `held by ${listed(holders, MOST)}`,
  ].join("; ");
}

/** `needs orders:read`, or that the policy has no row for it. */
export function describeRoute({ permissionsOf }: RowFacts, route: string): string {
  const permissions = permissionsOf.get(route) ?? [];
  return permissions.length === 0 ? "no row: denied to everyone" : `needs ${listed(permissions, MOST)}`;
}

/** `held by group:support; 4 permissions` for a role, the roles of any other subject. */
export function describeName(facts: RowFacts, subject: string): string {
  const chains = chainsFrom(facts, subject);
  const grants = chains.flatMap((chain) => facts.grantsOfSubject.get(chain.at(-1) ?? "") ?? []);
  const always = grants.filter(({ denies, condition }) => denies && condition === "");
  const denied = new Set(always.map(({ permission }) => permission));
  const allowed = grants.filter(({ denies, permission }) => !denies && !denied.has(permission));
  const permissions = new Set(allowed.map(({ permission }) => permission));
  const may = permissions.size === 0 ? "no permission" : counted(permissions.size, "permission");
  const roles = facts.rolesOf.get(subject) ?? [];
  if (!subject.startsWith("role:")) return roles.length === 0 ? may : `has ${listed(roles, MOST)}; ${may}`;
  const holders = chainsTo(facts, subject).map(([first = subject]) => first);
  return `${holders.length === 0 ? "held by nobody" : `held by ${listed(holders, MOST)}`}; ${may}`;
}
