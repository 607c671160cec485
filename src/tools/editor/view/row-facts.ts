import { rowText } from "../../../policy/csv.ts";
import { addTo } from "../../../policy/group-by.ts";
import { isPermission, PUBLIC, patternsCovering } from "../../../policy/permission.ts";
import type { NameIndex } from "../names/name-index.ts";

/** A `p` row, as written. */
export interface Grant {
  readonly file: string;
  readonly line: number;
  readonly subject: string;
  /** May be a wildcard. */
  readonly permission: string;
  readonly denies: boolean;
  /** Empty for a row without one. */
  readonly condition: string;
  /** In the canonical spelling. */
  readonly row: string;
}

/**
 * What the rows of a policy say, read without deciding: fast enough for every keystroke, and there while some rows have
 * mistakes. A row that lacks a column is left out, and one whose effect is neither `allow` nor `deny`.
 */
export interface RowFacts {
  /** Member -> its direct roles, and role -> its direct members. */
  readonly rolesOf: ReadonlyMap<string, readonly string[]>;
  readonly membersOf: ReadonlyMap<string, readonly string[]>;
  readonly grantsOfSubject: ReadonlyMap<string, readonly Grant[]>;
  /** By the permission that the row names: `orders:read`, `orders:*`. */
  readonly grantsOfPattern: ReadonlyMap<string, readonly Grant[]>;
  /** Route -> its permissions, `public` included; permission -> its routes. */
  readonly permissionsOf: ReadonlyMap<string, readonly string[]>;
  readonly routesOf: ReadonlyMap<string, readonly string[]>;
  /** Group with prefix -> the directory values, and the addresses, that lead to it. */
  readonly directoriesOf: ReadonlyMap<string, readonly string[]>;
  readonly addressesOf: ReadonlyMap<string, readonly string[]>;
  /** The clients of `p3` rows with prefix, each with its permissions. */
  readonly appsOf: ReadonlyMap<string, readonly string[]>;
}

const known = new WeakMap<NameIndex, RowFacts>();

/** The facts of the rows of an index, computed once. */
export function rowFacts(index: NameIndex): RowFacts {
  const found = known.get(index);
  if (found !== undefined) return found;
  const facts = collected(index);
  known.set(index, facts);
  return facts;
}

function collected(index: NameIndex): RowFacts {
  const maps = {
    rolesOf: new Map<string, string[]>(),
    membersOf: new Map<string, string[]>(),
    grantsOfSubject: new Map<string, Grant[]>(),
    grantsOfPattern: new Map<string, Grant[]>(),
    permissionsOf: new Map<string, string[]>(),
    routesOf: new Map<string, string[]>(),
    directoriesOf: new Map<string, string[]>(),
    addressesOf: new Map<string, string[]>(),
    appsOf: new Map<string, string[]>(),
  };
  for (const rows of index.rows) {
    for (let line = 1; line <= rows.lines.length; line += 1) {
      const [type, a, b, c, d] = rows.fieldsOn(line).map(({ text }) => text);
      if (type === undefined || a === undefined || b === undefined) continue;
      switch (type) {
        case "p": {
          if (c !== "allow" && c !== "deny") break;
          const fields = d === undefined ? [a, b, c] : [a, b, c, d];
          const grant: Grant = {
            ...{ file: rows.file, line, subject: a, permission: b },
            denies: c === "deny",
            condition: d ?? "",
            get row() {
              return rowText("p", fields);
            },
          };
          addTo(maps.grantsOfSubject, a, grant);
          addTo(maps.grantsOfPattern, b, grant);
          break;
        }
        case "g":
          addTo(maps.rolesOf, a, b);
          addTo(maps.membersOf, b, a);
          break;
        case "g2":
          addTo(maps.permissionsOf, a, b);
          if (b !== PUBLIC) addTo(maps.routesOf, b, a);
          break;
        case "g3":
          addTo(maps.addressesOf, b, a);
          break;
        case "g4":
          addTo(maps.directoriesOf, b, a);
          break;
        case "p3":
          addTo(maps.appsOf, a, b);
          break;
        default:
      }
    }
  }
  return maps;
}

/** The rows that grant or deny the permission, wildcards included; those of a wildcard are its own. */
export function grantsOf({ grantsOfPattern }: RowFacts, permission: string): readonly Grant[] {
  const patterns = isPermission(permission) ? patternsCovering(permission) : [permission];
  return patterns.flatMap((pattern) => grantsOfPattern.get(pattern) ?? []);
}

/** The permissions that a pattern of a row covers and that open a route. */
export function permissionsBelow({ routesOf }: RowFacts, pattern: string): readonly string[] {
  if (isPermission(pattern)) return routesOf.has(pattern) ? [pattern] : [];
  return [...routesOf.keys()]
    .filter((one) => patternsCovering(one).some((covering) => covering === pattern))
    .sort();
}

/** From a subject of tokens down to another: `group:support`, `role:support`, `role:viewer`. */
export type Chain = readonly string[];

/** Everyone who holds the subject, by the shortest chain to it, nearest first and then by name. */
export function chainsTo({ membersOf }: Pick<RowFacts, "membersOf">, subject: string): readonly Chain[] {
  const chains = new Map<string, Chain>([[subject, [subject]]]);
  // A Map also iterates over entries added during the loop.
  for (const [member, chain] of chains) {
    for (const next of (membersOf.get(member) ?? []).toSorted()) {
      if (!chains.has(next)) chains.set(next, [next, ...chain]);
    }
  }
  return [...chains.values()].filter(([first = subject]) => isOfTokens(first));
}

/** The subject and every role that follows from it, by the shortest chain, nearest first. */
export function chainsFrom({ rolesOf }: Pick<RowFacts, "rolesOf">, subject: string): readonly Chain[] {
  const chains = new Map<string, Chain>([[subject, [subject]]]);
  for (const [member, chain] of chains) {
    for (const next of (rolesOf.get(member) ?? []).toSorted()) {
      if (!chains.has(next)) chains.set(next, [...chain, next]);
    }
  }
  return [...chains.values()];
}

/** Roles are assigned; all other subjects, and the built-in roles, are what tokens hold. */
export function isOfTokens(subject: string): boolean {
  return !subject.startsWith("role:") || subject === "role:authenticated" || subject === "role:machine";
}
