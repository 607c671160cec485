import { type Enforcer, newEnforcer, newModelFromString, StringAdapter } from "casbin";
import { type Allows, type AllowsAsync, covering, type PeerPolicy, withIncluded } from "../peer-policy.ts";

/**
 * Roles and permissions as lists: the fastest full scan that casbin supports. One `enforce` for each role, as tutorials
 * do, is slower and wrong, since a deny of one role does not outweigh the allow of another.
 */
const MODEL = `
[request_definition]
r = subjects, permissions
[policy_definition]
p = subject, permission, eft
[policy_effect]
e = some(where (p.eft == allow)) && !some(where (p.eft == deny))
[matchers]
m = (p.subject in r.subjects) && (p.permission in r.permissions)
`;

export async function casbinSync(policy: PeerPolicy): Promise<Allows> {
  const enforcer = await enforcerOf(policy);
  return (roles, permission) => enforcer.enforceSync(withIncluded(roles, policy), covering(permission));
}

export async function casbinAsync(policy: PeerPolicy): Promise<AllowsAsync> {
  const enforcer = await enforcerOf(policy);
  return (roles, permission) => enforcer.enforce(withIncluded(roles, policy), covering(permission));
}

function enforcerOf({ grants }: PeerPolicy): Promise<Enforcer> {
  const rows = grants.map(({ subject, permission, effect }) => `p, ${subject}, ${permission}, ${effect}`);
  return newEnforcer(newModelFromString(MODEL), new StringAdapter(rows.join("\n")));
}
