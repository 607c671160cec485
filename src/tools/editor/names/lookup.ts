import type { Occurrence } from "./name.ts";
import type { NameIndex } from "./name-index.ts";

/**
 * Where a name is defined: a route by the event that deploys it, a permission by the routes that it opens, a role by
 * what it may do, a group by `groups.yaml`, an app client or a scope by the service. Without that, by the next best
 * rows; docs/editor.md has the list. From the event of a route it leads on to the row of the policy.
 */
export function definitionsOf(index: NameIndex, one: Occurrence): readonly Occurrence[] {
  const places = index.of(one).filter(({ defines }) => defines !== undefined);
  const usable =
    one.kind === "route" && one.defines === 0 ? places.filter(({ defines }) => defines !== 0) : places;
  const best = Math.min(...usable.map(({ defines = Number.POSITIVE_INFINITY }) => defines));
  return firstOfEachFile(usable.filter(({ defines }) => defines === best));
}

/** A role may have many rows: the first of each file leads to them. A permission opens few routes. */
function firstOfEachFile(places: readonly Occurrence[]): readonly Occurrence[] {
  if (places[0]?.kind === "permission" || places[0]?.kind === "parameter") return places;
  const files = new Map<string, Occurrence>();
  for (const place of places) if (!files.has(place.file)) files.set(place.file, place);
  return [...files.values()];
}

/** Every place that names it, and the wildcards and templates that cover it. */
export function referencesTo(
  index: NameIndex,
  one: Occurrence,
  withDefinition: boolean,
): readonly Occurrence[] {
  const definitions = withDefinition ? [] : definitionsOf(index, one);
  const exact = index.of(one).filter((place) => !definitions.includes(place));
  return [...exact, ...index.related(one)];
}
