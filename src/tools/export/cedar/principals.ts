import type { Policy } from "../../../policy/policy.ts";
import { AUTHENTICATED, MACHINE, type Subject } from "../../../policy/subject.ts";
import type { TenantGroup } from "../../../policy/tenant-group.ts";
import { type Kind, kindOfLeaf } from "../../access/holding.ts";

/** Who holds the subject of a row: what a token has of itself. Roles are followed here, since no token has one. */
export type Principal =
  | { readonly kind: Kind; readonly subject: Subject }
  /** A group of each tenant. */
  | { readonly kind: typeof AUTHENTICATED; readonly tenants: TenantGroup };

/**
 * Everyone who holds the subject, sorted; empty if no token does. Who has it by the kind of token alone leaves out the
 * others of that kind.
 */
export function principalsOf(policy: Policy, subject: Subject): readonly Principal[] {
  const leaves = [...policy.rolesOf]
    .filter(([, roles]) => roles.includes(subject))
    .map(([member]) => member as Subject);
  const named = [...new Set([subject, ...leaves])].sort().flatMap((one): Principal[] => {
    const [kind] = kindOfLeaf(one) ?? [];
    return kind === undefined ? [] : [{ kind, subject: one }];
  });
  const ofTenants = policy.tenantRoles
    .filter(({ roles }) => roles.includes(subject))
    .map((tenants): Principal => ({ kind: AUTHENTICATED, tenants }));
  const all = [...named, ...ofTenants];
  const whole = [AUTHENTICATED, MACHINE].filter((kind) => named.some((one) => subjectOf(one) === kind));
  return all.filter((one) => !whole.includes(one.kind) || subjectOf(one) === one.kind);
}

function subjectOf(principal: Principal): Subject | undefined {
  return "subject" in principal ? principal.subject : undefined;
}
