import { objectOf, textOf } from "../../json.ts";
import { membersOf, type Placed } from "./places.ts";
import { namesIn } from "./spelled.ts";
import type { Resource, Template } from "./template.ts";

/** That one thing of a template names another. */
export interface Reference {
  /** Where it stands: below `Properties`, or `DependsOn`. */
  readonly path: string;
  /** What it names: a resource, a parameter or a pseudo parameter. */
  readonly target: string;
}

/** What a resource names by `Ref`, `Fn::GetAtt`, `Fn::Sub` and `DependsOn`. */
export function referencesOf({ properties, dependsOn }: Resource): readonly Reference[] {
  const needs = dependsOn.map((target) => ({ path: "DependsOn", target }));
  return [...needs, ...referencesIn({ path: "", value: properties })];
}

/** What a value and all that is in it names. */
export function referencesIn(place: Placed): readonly Reference[] {
  const { path, value } = place;
  const { Ref: reference, "Fn::GetAtt": attribute, "Fn::Sub": sub } = objectOf(value);
  if (typeof reference === "string") return [{ path, target: reference }];
  if (attribute !== undefined) {
    const [target = ""] = String([attribute].flat()[0] ?? "").split(".");
    return [{ path, target }];
  }
  if (sub !== undefined) return referencesOfSub(path, sub);
  return membersOf(place).flatMap(referencesIn);
}

function referencesOfSub(path: string, sub: unknown): readonly Reference[] {
  const [template, variables]: readonly unknown[] = [sub].flat();
  const own = objectOf(variables);
  const named = namesIn(textOf(template) ?? "").filter((name) => !Object.hasOwn(own, name));
  return [
    ...named.map((target) => ({ path, target })),
    ...Object.values(own).flatMap((value) => referencesIn({ path, value })),
  ];
}

/** Which resources each resource needs before it: a graph of logical ids. */
export function dependenciesOf({ resources }: Template): ReadonlyMap<string, readonly Reference[]> {
  return new Map(
    [...resources.values()].map((resource) => [
      resource.id,
      referencesOf(resource).filter(({ target }) => resources.has(target)),
    ]),
  );
}

/** Whether CloudFormation makes `needed` before `resource`, directly or by way of others. */
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
