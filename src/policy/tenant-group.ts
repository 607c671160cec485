import { ownText } from "../own-property.ts";
import type { Subject } from "./subject.ts";

/** A group of each tenant, `group:{tenantId}.editors`: `group:acme.editors` is that of the tenant `acme`. */
export interface TenantGroup {
  /** As the row spells it. */
  readonly member: Subject;
  /** The path parameter that names the tenant. */
  readonly parameter: string;
  /** What precedes the placeholder: `group:`, with the pool alias where there are several pools. */
  readonly before: string;
  readonly after: string;
}

/** The characters of a tenant's name, as in a group name and in a path parameter. */
const TENANT = "[A-Za-z0-9_-]";
const TENANT_NAME = new RegExp(`^${TENANT}+$`);
const TENANT_CHARACTER = new RegExp(`^${TENANT}$`);
const PLACEHOLDER = /^(group:[^{}]*)\{([A-Za-z0-9._-]+)\}([^{}]*)$/;

/** Whether the string can be the name of a tenant. */
export function isTenantName(text: string): boolean {
  return TENANT_NAME.test(text);
}

/** A group with braces, which no group of a token can be. */
export function hasBraces(subject: string): boolean {
  return subject.startsWith("group:") && /[{}]/.test(subject);
}

/** Reads `group:{tenantId}.editors`; undefined for any other subject. */
export function tenantGroup(member: Subject): TenantGroup | undefined {
  const [, before, parameter, after] = PLACEHOLDER.exec(member) ?? [];
  if (before === undefined || parameter === undefined || after === undefined) return undefined;
  return { member, parameter, before, after };
}

/** Why a group with braces is not the group of each tenant; undefined if it is. */
export function tenantGroupProblem(member: Subject): string | undefined {
  const group = tenantGroup(member);
  if (group === undefined) {
    return "a group name has at most one placeholder, the name of a path parameter in braces, and no other braces";
  }
  // Before the first slash is the pool alias, where there are several pools: it must not be a tenant's to choose.
  if (group.after.includes("/") && !group.before.includes("/")) {
    return "a placeholder cannot precede the first `/`, which ends the pool alias";
  }
  return undefined;
}

/** The tenant whose group the subject is: `acme` for `group:acme.editors`; undefined if it does not fit. */
export function tenantOf({ before, after }: TenantGroup, subject: string): string | undefined {
  if (!subject.startsWith(before) || !subject.endsWith(after)) return undefined;
  const tenant = subject.slice(before.length, subject.length - after.length);
  return subject.length > before.length + after.length && isTenantName(tenant) ? tenant : undefined;
}

/**
 * Whether one of the subjects is the group of the tenant that the parameter names. Unknown if one is the group of some
 * tenant, and the parameter is missing or cannot be a tenant's name. Undefined if none is the group of any tenant, so
 * that the parameter does not matter: it is then false.
 *
 * @param subjects those that a token holds directly
 */
export function tenantTruth(
  group: TenantGroup,
  subjects: readonly Subject[],
  parameters: Readonly<Record<string, string>>,
): "true" | "false" | "unknown" | undefined {
  const tenant = tenantIn(parameters, group.parameter);
  let fits = false;
  for (const subject of subjects) {
    const own = tenantOf(group, subject);
    if (own === undefined) continue;
    if (own === tenant) return "true";
    fits = true;
  }
  if (!fits) return undefined;
  return tenant === undefined ? "unknown" : "false";
}

/** The tenant that the parameter names; undefined if it is missing or cannot be a tenant's name. */
export function tenantIn(
  parameters: Readonly<Record<string, string>>,
  parameter: string,
): string | undefined {
  const value = ownText(parameters, parameter);
  return value !== undefined && isTenantName(value) ? value : undefined;
}

/** Whether the two are groups of the same names, whatever their parameters are called. */
export function sameTenantGroup(a: TenantGroup, b: TenantGroup): boolean {
  return a.before === b.before && a.after === b.after;
}

/** Whether some group fits both: walks both patterns at once, and takes a character that both accept. */
export function canNameOneGroup(a: TenantGroup, b: TenantGroup): boolean {
  const [left, right] = [stepsOf(a), stepsOf(b)];
  const seen = new Set<string>();
  const pending: [number, number][] = [[0, 0]];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const [i, j] = next;
    if (i === left.length && j === right.length) return true;
    if (seen.has(`${i} ${j}`)) continue;
    seen.add(`${i} ${j}`);
    const [one, other] = [left[i], right[j]];
    if (one === undefined || other === undefined || !haveCommon(one, other)) continue;
    for (const nextLeft of one === ANY ? [i, i + 1] : [i + 1]) {
      for (const nextRight of other === ANY ? [j, j + 1] : [j + 1]) pending.push([nextLeft, nextRight]);
    }
  }
  return false;
}

/** One or more characters of a tenant's name. */
const ANY = null;
type Step = string | typeof ANY;

function stepsOf({ before, after }: TenantGroup): readonly Step[] {
  return [...before, ANY, ...after];
}

function haveCommon(a: Step, b: Step): boolean {
  if (a === ANY) return b === ANY || TENANT_CHARACTER.test(b);
  return b === ANY ? TENANT_CHARACTER.test(a) : a === b;
}
