import { followRoles } from "../../policy/roles.ts";
import type { RoleRow } from "../../policy/row.ts";
import { AUTHENTICATED, MACHINE, type Subject } from "../../policy/subject.ts";

/** Which subjects a token holds together. */
export interface Holding {
  /** The subject itself and every role that follows from it by `g` rows. */
  readonly closure: (subject: Subject) => ReadonlySet<Subject>;
  /**
   * What every token with the subject also holds: its closure and, if only tokens of one kind can hold it, that kind's
   * built-in role. A role that all current members of a role share does not count, since a new member may lack it.
   */
  readonly alwaysWith: (subject: Subject) => ReadonlySet<Subject>;
}

/** The two kinds of token: a user's, and one of client credentials. */
export const KINDS = [AUTHENTICATED, MACHINE] as const;
export type Kind = (typeof KINDS)[number];

/** Follows the `g` rows, keyed by member; cycles are allowed. */
export function createHolding(rowsOfMember: ReadonlyMap<Subject, readonly RoleRow[]>): Holding {
  const closure = memoized((subject: Subject) =>
    followRoles([subject], (each) => (rowsOfMember.get(each) ?? []).map(({ role }) => role)),
  );
  const kinds = kindsOfRoles(rowsOfMember);
  const alwaysWith = memoized((subject: Subject): ReadonlySet<Subject> => {
    const [kind, other] = kindOfLeaf(subject) ?? [...(kinds.get(subject) ?? [])];
    if (kind === undefined || other !== undefined) return closure(subject);
    return new Set([...closure(subject), ...closure(kind)]);
  });
  return { closure, alwaysWith };
}

/** For each reachable role: the kinds of token that can hold it. */
function kindsOfRoles(rowsOfMember: ReadonlyMap<Subject, readonly RoleRow[]>): Map<Subject, Set<Kind>> {
  const kinds = new Map<Subject, Set<Kind>>();
  const pending: [Subject, Kind][] = [...rowsOfMember.keys()].flatMap((member) =>
    (kindOfLeaf(member) ?? []).map((kind): [Subject, Kind] => [member, kind]),
  );
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const [member, kind] = next;
    for (const { role } of rowsOfMember.get(member) ?? []) {
      const known = kinds.get(role) ?? new Set();
      if (known.has(kind)) continue;
      kinds.set(role, known.add(kind));
      pending.push([role, kind]);
    }
  }
  return kinds;
}

/** The kind of token that holds a subject directly; undefined for a role, which must be assigned. */
export function kindOfLeaf(subject: Subject): readonly [Kind] | undefined {
  if (subject === AUTHENTICATED || subject === MACHINE) return [subject];
  if (subject.startsWith("group:") || subject.startsWith("user:")) return [AUTHENTICATED];
  return subject.startsWith("role:") ? undefined : [MACHINE];
}

export function memoized<K, V>(compute: (key: K) => V): (key: K) => V {
  const values = new Map<K, V>();
  return (key) => {
    const value = values.get(key);
    if (value !== undefined) return value;
    const computed = compute(key);
    values.set(key, computed);
    return computed;
  };
}

/** The same for objects, as long as they live. */
export function memoizedByObject<K extends object, V extends object>(compute: (key: K) => V): (key: K) => V {
  const values = new WeakMap<K, V>();
  return (key) => {
    const value = values.get(key) ?? compute(key);
    values.set(key, value);
    return value;
  };
}

/** Whether one token can hold both: a token belongs to one user or one app client. */
export function fitOneToken(a: Subject, b: Subject): boolean {
  const [kind, other] = [kindOfLeaf(a), kindOfLeaf(b)];
  if (kind !== undefined && other !== undefined && kind[0] !== other[0]) return false;
  if (["user:", "client:"].some((prefix) => a.startsWith(prefix) && b.startsWith(prefix))) return false;
  return isOfPoolOf(a, b) && isOfPoolOf(b, a);
}

/** Whether the group can be one of the user. A `sub` has no slash: one follows the alias of the pool. */
function isOfPoolOf(user: Subject, group: Subject): boolean {
  const slash = user.indexOf("/");
  if (!user.startsWith("user:") || !group.startsWith("group:") || slash < 0) return true;
  return group.startsWith(`group:${user.slice("user:".length, slash + 1)}`);
}
