import { type Enforcer, newEnforcer, newModelFromString, StringAdapter } from "casbin";
import { STOCK_MODEL } from "../../stock-model.ts";
import { type Allows, type AllowsAsync, covering, type PeerPolicy, withIncluded } from "../peer-policy.ts";

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
  return newEnforcer(newModelFromString(STOCK_MODEL), new StringAdapter(rows.join("\n")));
}
