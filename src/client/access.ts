import { own } from "../own-property.ts";
import { type Atom, type ConditionScope, evaluateCondition, type Truth } from "../policy/condition.ts";
import type { PermissionName } from "../policy/names.ts";
import { type TenantGroup, tenantOf, tenantTruth } from "../policy/tenant-group.ts";
import {
  assertFrontEndPolicy,
  type FrontEndComparison,
  type FrontEndPermission,
  type FrontEndPolicy,
  type FrontEndRule,
  type FrontEndTenantGroup,
} from "./front-end-policy.ts";
import { type Identity, readIdentity, type TokenOptions, type TokenProblem } from "./identity.ts";

/** What is compared of a token, and the clock. */
export interface AccessOptions extends TokenOptions {
  /** Epoch seconds; the browser's clock by default. */
  readonly now?: (() => number) | undefined;
}

/** What a front end offers to the user of one token. */
export interface FrontEndAccess {
  /**
   * Whether the policy allows it, as far as a browser can know: `false` while in doubt.
   *
   * @param parameters the values that conditions compare, by their names in the policy
   * @throws RangeError for a permission that is not listed in `policies/front-end.yaml`
   */
  can(permission: PermissionName, parameters?: Readonly<Record<string, string>>): boolean;
  /** Why nothing is allowed; undefined for a token that counts. */
  problem(): TokenProblem | undefined;
}

/**
 * Decides in a browser what to offer: buttons, menus, pages. It decodes the token and verifies nothing, so it protects
 * nothing: anyone can change a page and its token. The API decides each call.
 *
 * Make a new one for each new token. docs/front-end.md says where the answers can differ from the API's.
 *
 * @param policy what `claimgate client` wrote
 * @param token an access or ID token of Cognito; undefined if nobody is signed in
 * @throws TypeError if `policy` is something else
 *
 * @example
 * import { createAccess, type FrontEndPolicy } from "claimgate/client";
 *
 * export function buttonsFor(policy: FrontEndPolicy, accessToken: string | undefined): readonly string[] {
 *   const { can } = createAccess(policy, accessToken);
 *   return can("orders:delete") ? ["Delete"] : [];
 * }
 */
export function createAccess(
  policy: FrontEndPolicy,
  token: string | undefined,
  options: AccessOptions = {},
): FrontEndAccess {
  assertFrontEndPolicy(policy);
  const { now = () => Date.now() / 1000 } = options;
  const identity = readIdentity(token, options);
  const problem = (): TokenProblem | undefined => {
    if (typeof identity === "string") return identity;
    return identity.expiresAt <= now() ? "expired" : undefined;
  };
  return {
    problem,
    can: (permission, parameters = {}) => {
      const rules = rulesOf(policy, permission);
      if (typeof identity === "string" || problem() !== undefined) return false;
      return isAllowed(rules, identity, { parameters, time: now() });
    },
  };
}

/** @throws RangeError if the permission is not listed */
function rulesOf({ permissions }: FrontEndPolicy, permission: string): FrontEndPermission {
  const rules = own(permissions, permission);
  if (rules !== undefined) return rules;
  throw new RangeError(
    `the front end's policy does not have \`${permission}\`: list it in policies/front-end.yaml`,
  );
}

/** The part of a request that a rule compares. */
type Asked = Pick<ConditionScope, "parameters" | "time">;

function isAllowed({ allow, deny, scopes }: FrontEndPermission, identity: Identity, asked: Asked): boolean {
  if (scopes !== undefined && !scopes.some((scope) => identity.scopes.includes(scope))) return false;
  const truth = (rule: FrontEndRule) => ruleTruth(rule, identity, asked);
  return allow.some((rule) => truth(rule) === "true") && deny.every((rule) => truth(rule) === "false");
}

/** Whether the rule is about the user, and its comparisons hold. */
function ruleTruth(rule: FrontEndRule, identity: Identity, { parameters, time }: Asked): Truth {
  const holder = holderTruth(rule, identity, parameters);
  if (holder === "false") return "false";
  const scope = { parameters, time, claims: identity.claims, authTime: identity.authTime };
  const condition = conditionTruth(rule.when ?? [], scope);
  return condition === "true" ? holder : condition;
}

function holderTruth(
  { everyone, groups = [], tenants = [] }: FrontEndRule,
  identity: Identity,
  parameters: Asked["parameters"],
): Truth {
  if (everyone === true || groups.some((group) => identity.groups.includes(group))) return "true";
  const truths = tenants.map((tenant) => tenantGroupTruth(tenant, identity, parameters));
  return truths.includes("true") ? "true" : truths.includes("unknown") ? "unknown" : "false";
}

function tenantGroupTruth(
  { before, after, parameter }: FrontEndTenantGroup,
  identity: Identity,
  parameters: Asked["parameters"],
): Truth {
  const group = tenantGroupOf(before, after, parameter);
  const subjects = identity.groups.map((name) => `group:${name}` as const);
  if (parameter !== undefined) return tenantTruth(group, subjects, parameters) ?? "false";
  return subjects.some((subject) => tenantOf(group, subject) !== undefined) ? "true" : "false";
}

/** A group of each tenant in the terms of the engine. */
export function tenantGroupOf(before: string, after: string, parameter = ""): TenantGroup {
  return { member: "group:", parameter, before: `group:${before}`, after };
}

/** A withheld comparison is unknown, and does not outweigh one that is false. */
function conditionTruth(comparisons: readonly FrontEndComparison[], scope: ConditionScope): Truth {
  const truth = evaluateCondition(comparisons.filter(isAtom), scope);
  return truth === "true" && !comparisons.every(isAtom) ? "unknown" : truth;
}

/** Whether the comparison left the server. Of an unknown kind, it counts as withheld. */
export function isAtom(comparison: FrontEndComparison): comparison is Atom {
  const { parameter, claim, literal, maxAge, negated, withheld } = comparison;
  if (withheld === true || typeof negated !== "boolean") return false;
  return maxAge !== undefined || (parameter !== undefined && (claim ?? literal) !== undefined);
}
