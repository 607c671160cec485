import { type JsonObject, objectOf } from "../../json.ts";
import { mapResources } from "../cloudformation/template.ts";
import { listOf } from "./parameter-values.ts";

/**
 * List properties whose values come from parameters, by resource type. A dot leads into a property, `*` into each item
 * of a list. `--param` only passes strings, and readers of the template (linter, local stack, doctor) should find what
 * the resource type requires.
 */
const LISTS: Readonly<Record<string, readonly string[]>> = {
  "AWS::Cognito::UserPoolClient": ["CallbackURLs", "LogoutURLs"],
  "AWS::S3::Bucket": ["CorsConfiguration.CorsRules.*.AllowedOrigins"],
};

/** `Resources` with the strings in such properties split into lists. */
export function withLists(resources: JsonObject): JsonObject {
  return mapResources(resources, (resource) => {
    const paths = LISTS[resource.type];
    if (paths === undefined) return resource.json;
    const properties = paths.reduce((all, path) => convert(all, path.split(".")), resource.properties);
    return { ...resource.json, Properties: properties };
  });
}

function convert(value: JsonObject, path: readonly string[]): JsonObject {
  const [key = "", ...rest] = path;
  const inner = value[key];
  if (inner === undefined || inner === null) return value;
  if (rest.length === 0) return typeof inner === "string" ? { ...value, [key]: listOf(inner) } : value;
  if (rest[0] === "*" && Array.isArray(inner)) {
    return { ...value, [key]: inner.map((item) => convert(objectOf(item), rest.slice(1))) };
  }
  return typeof inner === "object" ? { ...value, [key]: convert(objectOf(inner), rest) } : value;
}
