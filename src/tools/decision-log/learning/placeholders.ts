import type { Policy } from "../../../policy/policy.ts";
import type { Subject } from "../../../policy/subject.ts";
import { isTenantName, tenantOf } from "../../../policy/tenant-group.ts";

/** Where a value of one request occurs. */
type Place =
  | { readonly kind: "claim" | "parameter"; readonly name: string }
  /** The tenant of a group; counted from 0 in an order that names do not decide. */
  | { readonly kind: "tenant"; readonly index: number };

export interface PlacedValue {
  readonly place: Place;
  readonly value: string;
}

/** Gives each value of a request a name that says where it occurs and nothing about who or what it is. */
export interface Placeholders {
  /**
   * Value -> its placeholder: equal values have the same one, different values different ones. What the policy
   * names stays as it is, and so does whether a value can be the name of a tenant.
   */
  of(values: readonly PlacedValue[]): ReadonlyMap<string, string>;
}

/**
 * @param policy whose conditions compare the values
 * @param named the subjects of its rows
 */
export function createPlaceholders(policy: Policy, named: ReadonlySet<Subject>): Placeholders {
  const literals = literalsOf(policy, named);
  const names = new Map<string, string>();
  const taken = new Set(literals);
  const naming = new Set(policy.tenantRoles.map(({ parameter }) => parameter));
  const nameOf = (place: Place, isTenant: boolean): string => {
    const key = JSON.stringify([place, isTenant]);
    const known = names.get(key);
    if (known !== undefined) return known;
    const name = unused(taken, place.kind === "tenant" ? tenantName(place.index) : spelled(place, isTenant));
    names.set(key, name);
    taken.add(name);
    return name;
  };
  // In a fixed order, so that a name does not depend on which request comes first.
  for (const place of placesOf(policy)) for (const isTenant of [true, false]) nameOf(place, isTenant);
  return {
    of(values) {
      const found = new Map<string, string>();
      // Only a parameter that names a tenant tells whether a value can be a tenant's name.
      const noTenants = new Set(
        values
          .filter(
            ({ place, value }) =>
              place.kind === "parameter" && naming.has(place.name) && !isTenantName(value),
          )
          .map(({ value }) => value),
      );
      for (const kind of ["tenant", "claim", "parameter"]) {
        for (const one of values.filter(({ place }) => place.kind === kind)) {
          if (found.has(one.value)) continue;
          const name = literals.has(one.value) ? one.value : nameOf(one.place, !noTenants.has(one.value));
          found.set(one.value, name);
        }
      }
      return found;
    },
  };
}

/**
 * The values that decide by themselves: those that conditions compare with, and the tenants whose groups rows name. A
 * group with another name of its tenant would lose its rows.
 */
function literalsOf({ conditions, tenantRoles }: Policy, named: ReadonlySet<Subject>): ReadonlySet<string> {
  const literals = [...conditions.values()].flat().flatMap(({ literal }) => literal ?? []);
  const tenants = [...named].flatMap((subject) =>
    tenantRoles.flatMap((group) => tenantOf(group, subject) ?? []),
  );
  return new Set([...literals, ...tenants]);
}

function placesOf(policy: Policy): readonly Place[] {
  const parameters = [
    ...[...policy.conditions.values()].flat().flatMap(({ parameter }) => parameter ?? []),
    ...policy.tenantRoles.map(({ parameter }) => parameter),
  ];
  return [
    ...policy.conditionClaims.map((name) => ({ kind: "claim", name }) as const),
    ...[...new Set(parameters)].sort().map((name) => ({ kind: "parameter", name }) as const),
  ];
}

function spelled({ kind, name }: Exclude<Place, { kind: "tenant" }>, isTenant: boolean): string {
  const word = name.replaceAll(/[^A-Za-z0-9_-]/g, "-");
  return `${kind === "claim" ? "own" : "other"}${isTenant ? "-" : "."}${word}`;
}

function tenantName(index: number): string {
  return `tenant-${index < 26 ? String.fromCodePoint(97 + index) : index + 1}`;
}

function unused(taken: ReadonlySet<string>, name: string): string {
  if (!taken.has(name)) return name;
  for (let number = 2; ; number += 1) if (!taken.has(`${name}-${number}`)) return `${name}-${number}`;
}
