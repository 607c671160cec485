import { isPermission, patternsCovering } from "../../../policy/permission.ts";
import type { Policy } from "../../../policy/policy.ts";
import { comparedPermissions } from "../../access/named-permissions.ts";

/** An action of the schema and the actions that it is a member of. */
export interface CedarAction {
  readonly name: string;
  readonly parents: readonly string[];
}

/**
 * Every permission that the policy can tell apart; the wildcards, which stand for all permissions that no row names;
 * and every route that is not public. A route is a member of its permissions, and these of the wildcards that cover
 * them: so a row on `orders:*` reaches all of its routes, and the rows of each of its permissions reach a route.
 */
export function cedarActions(policy: Policy): readonly CedarAction[] {
  const permissions = comparedPermissions(policy);
  const declared = new Set(permissions);
  const ofPermissions = permissions.map((name): CedarAction => {
    const wider = isPermission(name) ? patternsCovering(name) : ["*"];
    return { name, parents: wider.filter((one) => one !== name && declared.has(one)) };
  });
  const ofRoutes = [...policy.routeEntries].flatMap(([name, { permissions: parents }]): CedarAction[] =>
    parents.length === 0 ? [] : [{ name, parents }],
  );
  return [...ofPermissions, ...ofRoutes].sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** Routes without an authorizer, which nobody asks about. */
export function publicRoutes(policy: Policy): readonly string[] {
  return [...policy.routeEntries]
    .flatMap(([name, { permissions }]) => (permissions.length === 0 ? [name] : []))
    .sort();
}

/** The pattern of the permissions that both patterns cover; undefined if there are none. */
export function commonPattern(a: string, b: string): string | undefined {
  if (a === b) return a;
  const [resource = "*", action = "*"] = a.split(":");
  const [otherResource = "*", otherAction = "*"] = b.split(":");
  const both = [common(resource, otherResource), common(action, otherAction)];
  if (both.includes(undefined)) return undefined;
  return both.every((part) => part === "*") ? "*" : both.join(":");
}

function common(a: string, b: string): string | undefined {
  if (a === "*") return b;
  return b === "*" || a === b ? a : undefined;
}
