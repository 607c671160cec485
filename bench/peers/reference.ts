import { type Allows, covering, type PeerPolicy, withIncluded } from "./peer-policy.ts";

/** What every engine must answer: all grants, read one by one. No engine and nothing of claimgate is used. */
export function referenceOf(policy: PeerPolicy): Allows {
  return (roles, permission) => {
    const held = withIncluded(roles, policy);
    const patterns = covering(permission);
    const matching = policy.grants.filter(
      (grant) => held.includes(grant.subject) && patterns.includes(grant.permission),
    );
    return matching.length > 0 && matching.every(({ effect }) => effect === "allow");
  };
}
