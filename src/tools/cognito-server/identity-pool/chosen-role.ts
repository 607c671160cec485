import { type JsonObject, textOf, textsOf } from "../../../json.ts";
import type {
  IdentityPoolConfig,
  RoleRule,
} from "../../cognito/config/identity-pool/identity-pool-config.ts";

/** The role of a caller, or that there is none, and why. */
export interface RoleChoice {
  /** undefined where the pool has no role for the caller, or the caller is denied one. */
  readonly role: string | undefined;
  readonly denied: boolean;
  readonly why: string;
}

const given = (role: string | undefined, why: string): RoleChoice => ({ role, denied: false, why });

const denied = (why: string): RoleChoice => ({ role: undefined, denied: true, why });

/**
 * The role that the mapping of an app client gives to the claims of an ID token.
 * https://docs.aws.amazon.com/cognito/latest/developerguide/role-based-access-control.html
 *
 * @param asked `CustomRoleArn`
 */
export function chosenRole(
  config: Pick<IdentityPoolConfig, "mappings" | "authenticatedRole">,
  clientId: string,
  claims: JsonObject,
  asked: string | undefined,
): RoleChoice {
  const mapping = config.mappings.get(clientId);
  const usual = config.authenticatedRole;
  if (mapping === undefined) {
    if (asked !== undefined) return denied("no mapping lets the caller ask for a role");
    return given(usual, "the client has no mapping: the role of all users");
  }
  const found =
    mapping.type === "Token" ? roleOfToken(claims, asked) : roleOfRules(mapping.rules, claims, asked);
  if (found.role !== undefined || asked !== undefined) return found;
  return mapping.otherwise === "AuthenticatedRole"
    ? given(usual, `${found.why}; AmbiguousRoleResolution gives the role of all users`)
    : denied(`${found.why}; AmbiguousRoleResolution denies`);
}

function roleOfToken(claims: JsonObject, asked: string | undefined): RoleChoice {
  const roles = textsOf(claims["cognito:roles"]);
  if (asked !== undefined) {
    return roles.includes(asked)
      ? given(asked, "CustomRoleArn is in cognito:roles of the token")
      : denied("CustomRoleArn is not in cognito:roles of the token");
  }
  const preferred = textOf(claims["cognito:preferred_role"]);
  if (preferred !== undefined) return given(preferred, "cognito:preferred_role of the token");
  const [only, another] = roles;
  if (only !== undefined && another === undefined) {
    return given(only, "the one role in cognito:roles of the token");
  }
  const why = only === undefined ? "the token has no role" : "the token has several roles and prefers none";
  return denied(why);
}

function roleOfRules(rules: readonly RoleRule[], claims: JsonObject, asked: string | undefined): RoleChoice {
  const matching = rules.filter((rule) => matches(rule, claims[rule.claim]));
  if (asked !== undefined) {
    return matching.some(({ role }) => role === asked)
      ? given(asked, "CustomRoleArn is that of a rule that matches")
      : denied("CustomRoleArn is that of no rule that matches");
  }
  const [first] = matching;
  if (first === undefined) return denied("no rule matches");
  const { claim, match, value, role } = first;
  return given(role, `rule ${rules.indexOf(first) + 1}: ${claim} ${match} ${value}`);
}

/** A claim that is a list matches by one of its items; one that is missing matches no rule, `NotEqual` neither. */
function matches({ match, value }: RoleRule, claim: unknown): boolean {
  const items = (Array.isArray(claim) ? claim : [claim]).flatMap((item: unknown) =>
    typeof item === "string" || typeof item === "number" || typeof item === "boolean" ? [String(item)] : [],
  );
  if (match === "NotEqual") return items.length > 0 && items.every((item) => item !== value);
  return items.some((item) => {
    if (match === "StartsWith") return item.startsWith(value);
    return match === "Contains" ? item.includes(value) : item === value;
  });
}
