import { createMongoAbility, type MongoAbility } from "@casl/ability";
import { type Allows, type PeerPolicy, withIncluded } from "../peer-policy.ts";

interface Rule {
  readonly action: string;
  readonly subject: string;
  readonly inverted: boolean;
}

const MOST_ABILITIES = 1_000;

/** An ability for each set of roles, made once: what CASL recommends. */
export function caslKept(policy: PeerPolicy): Allows {
  const abilityOf = abilitiesOf(policy);
  const kept = new Map<string, MongoAbility>();
  return (roles, permission) => {
    const key = roles.join(" ");
    let ability = kept.get(key);
    if (ability === undefined) {
      if (kept.size >= MOST_ABILITIES) kept.clear();
      ability = abilityOf(roles);
      kept.set(key, ability);
    }
    return can(ability, permission);
  };
}

/** An ability for each request, as where it also depends on the user. */
export function caslMade(policy: PeerPolicy): Allows {
  const abilityOf = abilitiesOf(policy);
  return (roles, permission) => can(abilityOf(roles), permission);
}

function abilitiesOf(policy: PeerPolicy): (roles: readonly string[]) => MongoAbility {
  const rules = new Map<string, Rule[]>();
  for (const { subject, permission, effect } of policy.grants) {
    const [resource = "", action = ""] = permission.split(":");
    const rule = {
      action: action === "*" ? "manage" : action,
      subject: resource,
      inverted: effect === "deny",
    };
    rules.set(subject, [...(rules.get(subject) ?? []), rule]);
  }
  return (roles) => {
    const own = withIncluded(roles, policy).flatMap((role) => rules.get(role) ?? []);
    // The last rule that matches decides, so denies come last.
    return createMongoAbility([
      ...own.filter(({ inverted }) => !inverted),
      ...own.filter(({ inverted }) => inverted),
    ]);
  };
}

function can(ability: MongoAbility, permission: string): boolean {
  const [resource = "", action = ""] = permission.split(":");
  return ability.can(action, resource);
}
