import type { TenantInput } from "./decision.ts";
import type { Policy } from "./policy.ts";
import type { HeldSubjects, Subject } from "./subject.ts";
import { tenantIn, tenantTruth } from "./tenant-group.ts";

/**
 * The given subjects and every role that the `g` rows lead to from them, on every request: without the roles of a
 * tenant, which {@link heldOn} adds.
 */
export function holdings(policy: Pick<Policy, "rolesOf">, direct: readonly Subject[]): ReadonlySet<Subject> {
  const held = new Set(direct);
  for (const subject of direct) {
    const roles = policy.rolesOf.get(subject);
    if (roles !== undefined) for (const role of roles) held.add(role);
  }
  return held;
}

/** What a token holds on one request. */
export interface Held {
  readonly certain: HeldSubjects;
  /** Roles of a tenant that the request does not name: an allow row does not match them, a deny row does. */
  readonly unknown: ReadonlySet<Subject>;
  /** The tenants that the request was asked for, since the token has a group of some tenant. */
  readonly tenants: readonly TenantInput[];
}

const NONE: ReadonlySet<Subject> = new Set();
const NO_TENANTS: readonly TenantInput[] = [];

/**
 * {@link holdings}, with the roles of the tenant that the parameters name.
 *
 * @param always the holdings, in any order
 */
export function heldOn(
  policy: Pick<Policy, "rolesOf" | "tenantRoles">,
  direct: readonly Subject[],
  parameters: Readonly<Record<string, string>>,
  always: HeldSubjects = holdings(policy, direct),
): Held {
  if (policy.tenantRoles.length === 0) return { certain: always, unknown: NONE, tenants: NO_TENANTS };
  const [certain, unknown] = [new Set(always), new Set<Subject>()];
  const tenants = new Map<string, TenantInput>();
  for (const group of policy.tenantRoles) {
    const truth = tenantTruth(group, direct, parameters);
    if (truth === undefined) continue;
    const { parameter } = group;
    tenants.set(parameter, { parameter, tenant: tenantIn(parameters, parameter) });
    if (truth === "false") continue;
    for (const role of group.roles) (truth === "true" ? certain : unknown).add(role);
  }
  for (const role of certain) unknown.delete(role);
  return { certain, unknown, tenants: [...tenants.values()] };
}

/** {@link holdings} as a sorted list. */
export function subjectsHeld(
  policy: Pick<Policy, "rolesOf">,
  direct: readonly Subject[],
): readonly Subject[] {
  return [...holdings(policy, direct)].sort();
}

/**
 * The given subjects and every role that follows from them, step by step.
 *
 * @param next the direct roles of a subject
 */
export function followRoles(
  from: Iterable<Subject>,
  next: (subject: Subject) => Iterable<Subject>,
): ReadonlySet<Subject> {
  const reached = new Set(from);
  // A Set also iterates over members added during the loop, so this follows the whole graph, cycles included.
  for (const each of reached) for (const role of next(each)) reached.add(role);
  return reached;
}
