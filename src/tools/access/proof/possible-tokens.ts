import { MACHINE, type Subject } from "../../../policy/subject.ts";
import { hasBraces, isTenantName, tenantGroup } from "../../../policy/tenant-group.ts";
import { NEVER_TEXT_CLAIMS } from "../access-token-claims.ts";
import type { Kind } from "../holding.ts";
import { type Compared, subOf } from "./compared-values.ts";

/** A token as far as a decision reads it. */
export interface PossibleToken {
  readonly kind: Kind;
  /** Without the role of the kind. */
  readonly subjects: readonly Subject[];
  readonly claims: Readonly<Record<string, string>>;
  /** Seconds since the sign-in; undefined if unknown. */
  readonly age: number | undefined;
}

/** The claims of every access token (developer guide, "Understanding the access token"). */
const ALWAYS = new Set(["client_id", "iss", "jti", "sub", "token_use"]);

/** The values that claims have. */
interface ClaimValues {
  /** Those of the parameters. */
  readonly path: readonly string[];
  /** A value that is none of them. */
  readonly other: string;
  /** The `user:` subjects that a policy names. */
  readonly users: ReadonlySet<string>;
}

/**
 * Every token of these subjects that comparisons can tell apart, for a request with these values in its path: each
 * claim equals one of them, none of them, or is missing, as far as Cognito issues such tokens. A token whose `sub` is
 * that of a named user holds that subject as well.
 */
export function* possibleTokens(
  kind: Kind,
  subjects: readonly Subject[],
  compared: Compared,
  { path, other, users }: ClaimValues,
): Generator<PossibleToken, undefined> {
  const known = [...new Set([...path, other])];
  const tenants = known.filter(isTenantName);
  const ages = kind === MACHINE || compared.ages.length === 0 ? [undefined] : agesApart(compared.ages);
  for (const named of namesOfTenants(subjects, tenants)) {
    for (const claims of claimsApart(kind, named, compared.claims, known)) {
      const held = kind === MACHINE ? named : withUser(named, claims, users);
      for (const age of ages) yield { kind, subjects: held, claims, age };
    }
  }
  return undefined;
}

function withUser(
  subjects: readonly Subject[],
  { sub }: Readonly<Record<string, string>>,
  users: ReadonlySet<string>,
): readonly Subject[] {
  const user = `user:${sub ?? ""}` as const;
  return users.has(user) && subOf(subjects) === undefined ? [...subjects, user] : subjects;
}

/** Within every limit, within all but the first ones, within none, and unknown. */
function agesApart(ages: readonly number[]): readonly (number | undefined)[] {
  return [...ages, (ages.at(-1) ?? 0) + 1, undefined];
}

/** The groups of any one tenant as those of a named one. */
function namesOfTenants(
  subjects: readonly Subject[],
  tenants: readonly string[],
): readonly (readonly Subject[])[] {
  return subjects.reduce<readonly (readonly Subject[])[]>(
    (all, subject) => all.flatMap((some) => namesOf(subject, tenants).map((name) => [...some, name])),
    [[]],
  );
}

function namesOf(subject: Subject, tenants: readonly string[]): readonly Subject[] {
  const group = hasBraces(subject) ? tenantGroup(subject) : undefined;
  if (group === undefined) return [subject];
  return tenants.map((tenant): Subject => `group:${`${group.before}${tenant}${group.after}`.slice(6)}`);
}

/** One by one, since there may be more than fit the memory: the caller ends at its limit. */
function* claimsApart(
  kind: Kind,
  subjects: readonly Subject[],
  [name, ...rest]: readonly string[],
  values: readonly string[],
  claims: Readonly<Record<string, string>> = {},
): Generator<Readonly<Record<string, string>>, undefined> {
  if (name === undefined) {
    yield claims;
    return undefined;
  }
  for (const value of valuesOf(name, kind, subjects, values, claims)) {
    const own = value === undefined ? claims : { ...claims, [name]: value };
    yield* claimsApart(kind, subjects, rest, values, own);
  }
  return undefined;
}

/** The values that the claim can have beside the claims before it; undefined for a token without it. */
function valuesOf(
  name: string,
  kind: Kind,
  subjects: readonly Subject[],
  values: readonly string[],
  claims: Readonly<Record<string, string>>,
): readonly (string | undefined)[] {
  if (NEVER_TEXT_CLAIMS.has(name)) return [undefined];
  if (name === "token_use") return ["access"];
  if (name === "username" && kind === MACHINE) return [undefined];
  const sub = name === "sub" ? (subOf(subjects) ?? machineSub(kind, claims)) : undefined;
  if (sub !== undefined) return [sub];
  return ALWAYS.has(name) || name === "username" ? values : [...values, undefined];
}

/** The `sub` of a machine is its client id; `client_id` comes before `sub` in the alphabet. */
function machineSub(kind: Kind, claims: Readonly<Record<string, string>>): string | undefined {
  return kind === MACHINE ? claims["client_id"] : undefined;
}
