import { type JsonObject, objectOf } from "../../json.ts";

/** A resource by its parts; `definition` is all of it. */
export interface ResourceEntry {
  readonly properties: JsonObject;
  readonly definition: JsonObject;
}

/** The resources of a type, by logical name. */
export function entriesOfType(resources: JsonObject, type: string): readonly [string, ResourceEntry][] {
  return Object.entries(resources).flatMap(([logicalName, value]) => {
    const definition = objectOf(value);
    if (definition["Type"] !== type) return [];
    return [[logicalName, { definition, properties: objectOf(definition["Properties"]) }]];
  });
}

/** The resource with some of its properties set; one that is undefined goes. */
export function withProperties({ definition, properties }: ResourceEntry, set: JsonObject): JsonObject {
  const all = Object.entries({ ...properties, ...set }).filter(([, value]) => value !== undefined);
  return { ...definition, Properties: Object.fromEntries(all) };
}
