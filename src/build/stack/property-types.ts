import { type JsonObject, objectOf } from "../../local/json.ts";
import { listOf } from "./parameter-values.ts";

type PropertyType = "number" | "list";

/**
 * Properties whose values come from parameters and are no texts, by resource type; a dot leads into a property,
 * `*` into every item of a list.
 * `--param` gives texts only, and who reads the template (linter, local stack, doctor) should find what the type
 * of the resource says.
 */
const TYPES: Readonly<Record<string, Readonly<Record<string, PropertyType>>>> = {
  "AWS::Cognito::UserPool": {
    "Policies.PasswordPolicy.MinimumLength": "number",
    "Policies.PasswordPolicy.PasswordHistorySize": "number",
  },
  "AWS::Cognito::UserPoolClient": {
    AccessTokenValidity: "number",
    IdTokenValidity: "number",
    RefreshTokenValidity: "number",
    "RefreshTokenRotation.RetryGracePeriodSeconds": "number",
    CallbackURLs: "list",
    LogoutURLs: "list",
  },
  "AWS::S3::Bucket": { "CorsConfiguration.CorsRules.*.AllowedOrigins": "list" },
};

/** `Resources` with the texts of such properties turned into numbers and lists; what is neither stays. */
export function withPropertyTypes(resources: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(resources).map(([id, entry]) => {
      const resource = objectOf(entry);
      const types = Object.entries(TYPES[String(resource["Type"])] ?? {});
      if (types.length === 0) return [id, entry];
      const properties = types.reduce(
        (all, [path, type]) => convert(all, path.split("."), type),
        objectOf(resource["Properties"]),
      );
      return [id, { ...resource, Properties: properties }];
    }),
  );
}

function convert(value: JsonObject, path: readonly string[], type: PropertyType): JsonObject {
  const [key = "", ...rest] = path;
  const inner = value[key];
  if (rest[0] === "*") {
    if (!Array.isArray(inner)) return value;
    return { ...value, [key]: inner.map((item) => convert(objectOf(item), rest.slice(1), type)) };
  }
  if (rest.length > 0) {
    return typeof inner === "object" && inner !== null
      ? { ...value, [key]: convert(objectOf(inner), rest, type) }
      : value;
  }
  if (typeof inner !== "string") return value;
  if (type === "list") return { ...value, [key]: listOf(inner) };
  return /^\d+$/.test(inner) ? { ...value, [key]: Number(inner) } : value;
}
