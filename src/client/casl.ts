import { ownText } from "../own-property.ts";
import { isTenantName, tenantOf } from "../policy/tenant-group.ts";
import { isAtom, tenantGroupOf } from "./access.ts";
import {
  assertFrontEndPolicy,
  type FrontEndComparison,
  type FrontEndPermission,
  type FrontEndPolicy,
  type FrontEndRule,
} from "./front-end-policy.ts";
import { type Identity, readIdentity, type TokenOptions } from "./identity.ts";

/** A rule of `@casl/ability`: the action and resource of a permission, and conditions on fields of the resource. */
export interface CaslRule {
  readonly action: string;
  readonly subject: string;
  readonly conditions?: CaslConditions;
  readonly inverted?: boolean;
}

/** By field: the parameter of the policy with the same name. */
export type CaslConditions = Record<string, Readonly<Record<string, unknown>>>;

/** When the token expires, beside the rules. */
export interface CaslOptions extends TokenOptions {
  /** Epoch seconds; the browser's clock by default. */
  readonly now?: (() => number) | undefined;
}

/**
 * The rules of `@casl/ability` for the user of a token: `orders:read` is the action `read` on `orders`, and the
 * parameters of conditions are fields of the resource, which are strings. With all of its parameters, a resource gets
 * the same answer as from `createAccess`, except that rules about the age of a sign-in never allow: CASL has no clock.
 * Make new rules for each new token; for one that has expired there are none.
 *
 * @throws TypeError if `policy` is not what `claimgate client` writes
 *
 * @example
 * import { caslRules } from "claimgate/client/casl";
 * import type { FrontEndPolicy } from "claimgate/client";
 *
 * // createMongoAbility(rulesFor(policy, accessToken)).can("delete", "orders")
 * export const rulesFor = (policy: FrontEndPolicy, accessToken: string) => caslRules(policy, accessToken);
 */
export function caslRules(
  policy: FrontEndPolicy,
  token: string | undefined,
  options: CaslOptions = {},
): CaslRule[] {
  assertFrontEndPolicy(policy);
  const identity = readIdentity(token, options);
  const now = options.now?.() ?? Date.now() / 1000;
  if (typeof identity === "string" || identity.expiresAt <= now) return [];
  const permissions = Object.entries(policy.permissions);
  // CASL takes the last rule that matches.
  return [
    ...permissions.flatMap(([name, rules]) => allowed(name, rules, identity)),
    ...permissions.flatMap(([name, rules]) => denied(name, rules, identity)),
  ];
}

/** Words of CASL that mean every action and every resource. */
const EVERYTHING = /^all:|:manage$/;

function allowed(permission: string, { allow, scopes }: FrontEndPermission, identity: Identity): CaslRule[] {
  const hasScope = scopes === undefined || scopes.some((scope) => identity.scopes.includes(scope));
  if (!hasScope || EVERYTHING.test(permission)) return [];
  return allow.flatMap((rule) => {
    const when = (rule.when ?? []).map((one) => comparisonOf(one, identity));
    // Without a value to compare with, it never holds.
    if (when.includes(undefined)) return [];
    return waysToHold(rule, identity).flatMap((tenant) => {
      const fields = fieldsOf([...when, tenant]);
      const values = [...fields].map(([name, field]) => [name, present(field)[0]] as const);
      return values.some(([, value]) => value === undefined)
        ? []
        : [{ ...named(permission), ...conditionsOf(Object.fromEntries(values) as CaslConditions) }];
    });
  });
}

/** A deny applies unless a comparison is false: one rule for each way in which its fields are equal or missing. */
function denied(permission: string, { deny }: FrontEndPermission, identity: Identity): CaslRule[] {
  return deny.flatMap((rule) => {
    const when = (rule.when ?? []).map((one) => comparisonOf(one, identity));
    return waysToHold(rule, identity).flatMap((tenant) => {
      let ways: readonly CaslConditions[] = [{}];
      for (const [name, field] of fieldsOf([...when, tenant])) {
        const states = [...present(field), ...notTenants(field), { $exists: false }];
        ways = ways.flatMap((way) => states.map((state) => ({ ...way, [name]: state })));
      }
      return ways.map((way) => ({ ...named(permission), inverted: true, ...conditionsOf(way) }));
    });
  });
}

function named(permission: string): Pick<CaslRule, "action" | "subject"> {
  const colon = permission.indexOf(":");
  return { action: permission.slice(colon + 1), subject: permission.slice(0, colon) };
}

function conditionsOf(conditions: CaslConditions): Pick<CaslRule, "conditions"> {
  return Object.keys(conditions).length === 0 ? {} : { conditions };
}

/** A field that has to be one of these values, or must not be this one. */
interface Comparison {
  readonly field: string;
  readonly values: readonly string[];
  readonly negated: boolean;
  /** Whether the values are tenants, so that what cannot name one is neither equal nor unequal. */
  readonly ofTenants?: boolean;
}

/** Undefined if it is neither true nor false, whatever the resource: withheld, without its claim, or of a sign-in. */
function comparisonOf(comparison: FrontEndComparison, { claims }: Identity): Comparison | undefined {
  if (!isAtom(comparison) || comparison.maxAge !== undefined || !isField(comparison.parameter))
    return undefined;
  const { parameter: field, claim, literal, negated } = comparison;
  const value = literal ?? ownText(claims, claim ?? "");
  return value === undefined ? undefined : { field, values: [value], negated };
}

/** CASL reads a dot as the path to a field of a field, and takes inherited properties for fields. */
function isField(name: string | undefined): name is string {
  return name !== undefined && !name.includes(".") && !(name in Object.prototype);
}

/** How the user is one whom the rule is about: always, or for resources of some tenants. */
function waysToHold(rule: FrontEndRule, { groups }: Identity): readonly (Comparison | undefined)[] {
  if (rule.everyone === true || rule.groups?.some((group) => groups.includes(group)) === true)
    return [undefined];
  return (rule.tenants ?? []).flatMap(({ before, after, parameter }) => {
    const pattern = tenantGroupOf(before, after, parameter);
    const values = groups.flatMap((name) => tenantOf(pattern, `group:${name}`) ?? []);
    if (values.length === 0) return [];
    if (parameter === undefined) return [undefined];
    return [{ field: isField(parameter) ? parameter : "", values, negated: false, ofTenants: true }];
  });
}

/** What all comparisons of one field leave: some values, or all but some. */
interface Field {
  readonly only: readonly string[] | undefined;
  readonly not: readonly string[];
  /** Without the tenants: what a value that cannot name one must be. */
  readonly onlyElse: readonly string[] | undefined;
  readonly ofTenants: boolean;
}

function fieldsOf(comparisons: readonly (Comparison | undefined)[]): ReadonlyMap<string, Field> {
  const fields = new Map<string, Field>();
  for (const comparison of comparisons) {
    if (comparison === undefined) continue;
    const { field, values, negated, ofTenants = false } = comparison;
    const known = fields.get(field) ?? { only: undefined, not: [], onlyElse: undefined, ofTenants: false };
    const within = (list: readonly string[] | undefined) =>
      list?.filter((one) => values.includes(one)) ?? values;
    fields.set(field, {
      only: negated ? known.only : within(known.only),
      not: negated ? [...known.not, ...values] : known.not,
      onlyElse: negated || ofTenants ? known.onlyElse : within(known.onlyElse),
      ofTenants: known.ofTenants || ofTenants,
    });
  }
  return fields;
}

type FieldCondition = CaslConditions[string];

/** The condition for a value that fits; empty if none does. */
function present({ only, not }: Field): readonly FieldCondition[] {
  if (only === undefined) return [{ $exists: true, $nin: not }];
  const values = only.filter((value) => !not.includes(value));
  return values.length === 0 ? [] : [{ $in: values }];
}

/** For a value that cannot name a tenant, where it has to: see `tenantTruth`. */
function notTenants({ ofTenants, onlyElse, not }: Field): readonly FieldCondition[] {
  if (!ofTenants) return [];
  const values = onlyElse?.filter((value) => !not.includes(value) && !isTenantName(value));
  if (values === undefined) return [{ $regex: "^(?![A-Za-z0-9_-]+$)", $nin: not }];
  return values.length === 0 ? [] : [{ $in: values }];
}
