import { type JsonObject, objectOf } from "../../json.ts";
import { mapResources } from "../cloudformation/template.ts";
import { listOf } from "./parameter-values.ts";

type PropertyType = "number" | "list";

/**
 * Properties whose values come from parameters and are no texts, by resource type; a dot leads into a property,
 * `*` into each item of a list.
 * `--param` gives texts only, and who reads the template (linter, local stack, doctor) should find what the type
 * of the resource says.
 */
const TYPES: Readonly<Record<string, Readonly<Record<string, PropertyType>>>> = {
  "AWS::ApiGateway::Stage": {
    "MethodSettings.*.ThrottlingRateLimit": "number",
    "MethodSettings.*.ThrottlingBurstLimit": "number",
  },
  "AWS::ApiGatewayV2::Stage": {
    "DefaultRouteSettings.ThrottlingRateLimit": "number",
    "DefaultRouteSettings.ThrottlingBurstLimit": "number",
  },
  "AWS::Logs::LogGroup": { RetentionInDays: "number" },
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
  return mapResources(resources, (resource) => {
    const types = Object.entries(TYPES[resource.type] ?? {});
    if (types.length === 0) return resource.json;
    const properties = types.reduce(
      (all, [path, type]) => convert(all, path.split("."), type),
      resource.properties,
    );
    return { ...resource.json, Properties: properties };
  });
}

function convert(value: JsonObject, path: readonly string[], type: PropertyType): JsonObject {
  const [key = "", ...rest] = path;
  const inner = value[key];
  if (inner === undefined || inner === null) return value;
  if (rest.length === 0) return { ...value, [key]: converted(inner, type) };
  if (rest[0] === "*" && Array.isArray(inner)) {
    return { ...value, [key]: inner.map((item) => convert(objectOf(item), rest.slice(1), type)) };
  }
  return typeof inner === "object" ? { ...value, [key]: convert(objectOf(inner), rest, type) } : value;
}

function converted(value: unknown, type: PropertyType): unknown {
  if (typeof value !== "string") return value;
  if (type === "list") return listOf(value);
  return /^\d+$/.test(value) ? Number(value) : value;
}
