import { intrinsicIn } from "./intrinsics.ts";
import { membersOf, type Placed } from "./places.ts";
import type { Resource, Template } from "./template.ts";

/** A reference from one part of a template to another. */
export interface Reference {
  /** Its place: below `Properties`, or `DependsOn`. */
  readonly path: string;
  /** Its target: a resource, a parameter or a pseudo parameter. */
  readonly target: string;
}

/** The references of a resource by `Ref`, `Fn::GetAtt`, `Fn::Sub` and `DependsOn`. */
export function referencesOf({ properties, dependsOn }: Resource): readonly Reference[] {
  const needs = dependsOn.map((target) => ({ path: "DependsOn", target }));
  return [...needs, ...referencesIn({ path: "", value: properties })];
}

/** The references of a value and of everything inside it. */
export function referencesIn(place: Placed): readonly Reference[] {
  const { path, value } = place;
  const intrinsic = intrinsicIn(value);
  if (intrinsic?.kind === "name") return [{ path, target: intrinsic.name.id }];
  if (intrinsic?.kind === "join") {
    return intrinsic.items.flatMap((item) => referencesIn({ path, value: item }));
  }
  return membersOf(place).flatMap(referencesIn);
}

/** The resources that each resource depends on: a graph of logical ids. */
export function dependenciesOf({ resources }: Template): ReadonlyMap<string, readonly Reference[]> {
  return new Map(
    [...resources.values()].map((resource) => [
      resource.id,
      referencesOf(resource).filter(({ target }) => resources.has(target)),
    ]),
  );
}

/** Whether CloudFormation creates `needed` before `resource`, directly or transitively. */
export function isMadeBefore(template: Template, needed: string, resource: string): boolean {
  const graph = dependenciesOf(template);
  const seen = new Set<string>();
  const open = [resource];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    for (const { target } of graph.get(id) ?? []) {
      if (target === needed) return true;
      if (seen.has(target)) continue;
      seen.add(target);
      open.push(target);
    }
  }
  return false;
}

/**
 * A value with resources renamed in `Ref` and `DependsOn`. The key of a property is not a reference. `Fn::GetAtt` and
 * `Fn::Sub` are not renamed.
 */
export function withRenamed(value: unknown, names: ReadonlySet<string>, id: string): unknown {
  const replace = (name: unknown) => (typeof name === "string" && names.has(name) ? id : name);
  if (Array.isArray(value)) return value.map((item: unknown) => withRenamed(item, names, id));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]: [string, unknown]) => {
      if (key === "Ref") return [key, replace(inner)];
      if (key === "DependsOn") return [key, Array.isArray(inner) ? inner.map(replace) : replace(inner)];
      return [key, withRenamed(inner, names, id)];
    }),
  );
}
