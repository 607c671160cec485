import { cedarKeys } from "../../../policy/cedar-request.ts";
import type { Atom } from "../../../policy/condition.ts";
import type { TenantGroup } from "../../../policy/tenant-group.ts";
import { cedarString } from "./cedar-text.ts";

/** True if the comparison is true: false where it is unknown. */
export function whenTrue(atom: Atom): string {
  return comparison(atom, atom.negated);
}

/** True if the comparison is false: false where it is unknown. */
export function whenFalse(atom: Atom): string {
  return comparison(atom, !atom.negated);
}

/**
 * `has` comes first: Cedar skips a policy that reads what is missing, and a skipped `forbid` denies nothing
 * (https://docs.cedarpolicy.com/auth/authorization.html).
 */
function comparison(atom: Atom, isUnequal: boolean): string {
  if (atom.maxAge !== undefined) {
    return `${has(cedarKeys.signInAge)} && ${value(cedarKeys.signInAge)} ${isUnequal ? ">" : "<="} ${atom.maxAge}`;
  }
  const parameter = cedarKeys.parameter(atom.parameter);
  const operator = isUnequal ? "!=" : "==";
  if (atom.literal !== undefined) {
    return `${has(parameter)} && ${value(parameter)} ${operator} ${cedarString(atom.literal)}`;
  }
  const claim = cedarKeys.claim(atom.claim);
  return `${has(parameter)} && ${has(claim)} && ${value(parameter)} ${operator} ${value(claim)}`;
}

/** True if the token has the group of the request's tenant. */
export function inTenant({ member, parameter }: TenantGroup): string {
  const tenant = cedarKeys.tenant(parameter);
  return `${has(member)} && ${has(tenant)} && ${value(member)}.contains(${value(tenant)})`;
}

/** The same, and true if the request names no tenant and the token has the group of some. */
export function maybeInTenant({ member, parameter }: TenantGroup): string {
  const tenant = cedarKeys.tenant(parameter);
  return `${has(member)} && !(${has(tenant)} && !${value(member)}.contains(${value(tenant)}))`;
}

/** True if the user's token is of the app and has the scope. */
export function isApp(client: string, scope: string | undefined): string {
  const own = `${has(cedarKeys.client)} && ${value(cedarKeys.client)} == ${cedarString(client)}`;
  if (scope === undefined) return own;
  return `${own} && ${has(cedarKeys.scopes)} && ${value(cedarKeys.scopes)}.contains(${cedarString(scope)})`;
}

function has(key: string): string {
  return `context has ${cedarString(key)}`;
}

function value(key: string): string {
  return `context[${cedarString(key)}]`;
}
