import { type JsonObject, objectOf } from "../../json.ts";
import { mapResources } from "../cloudformation/template.ts";
import { listOf } from "./parameter-values.ts";

/**
 * Properties that are lists and have their values from parameters, by resource type; a dot leads into a property, `*`
 * into each item of a list.
 * `--param` gives texts only, and who reads the template (linter, local stack, doctor) should find what the type
 * of the resource says.
 */
const LISTS: Readonly<Record<string, readonly string[]>> = {
  "AWS::Cognito::UserPoolClient": ["CallbackURLs", "LogoutURLs"],
  "AWS::S3::Bucket": ["CorsConfiguration.CorsRules.*.AllowedOrigins"],
};

/** `Resources` with the texts of such properties turned into lists. */
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
