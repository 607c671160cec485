import { type JsonObject, objectOf, textOf, textsOf } from "../../json.ts";

/** A packaged CloudFormation template, with the parts that checks read. */
export interface Template {
  /** By logical id, in the order of the template. */
  readonly resources: ReadonlyMap<string, Resource>;
  readonly outputs: JsonObject;
  readonly parameters: JsonObject;
  readonly conditions: JsonObject;
  /** The parsed JSON. */
  readonly json: JsonObject;
}

/** A resource of a template. */
export interface Resource {
  /** Its logical id. */
  readonly id: string;
  readonly type: string;
  readonly properties: JsonObject;
  readonly dependsOn: readonly string[];
  readonly deletionPolicy: string | undefined;
  readonly updateReplacePolicy: string | undefined;
  readonly condition: string | undefined;
  /** The parsed JSON of the resource. */
  readonly json: JsonObject;
}

/**
 * @param value the JSON of `cloudformation-template-update-stack.json`, or the answer of CloudFormation's GetTemplate
 * @throws TypeError if it is not a template
 */
export function readTemplate(value: unknown): Template {
  const json = objectOf(value);
  const { Resources: section } = json;
  if (typeof section !== "object" || section === null || Array.isArray(section)) {
    throw new TypeError(
      "not a CloudFormation template: expected a JSON object with `Resources`, as `sls package` writes it to " +
        ".serverless/cloudformation-template-update-stack.json",
    );
  }
  const resources = resourcesIn(objectOf(section));
  const untyped = [...resources.values()].find(({ id, type }) => type === "" && id !== "Fn::Transform");
  if (untyped !== undefined) {
    throw new TypeError(`not a CloudFormation template: resource \`${untyped.id}\` has no Type`);
  }
  return {
    resources,
    outputs: objectOf(json["Outputs"]),
    parameters: objectOf(json["Parameters"]),
    conditions: objectOf(json["Conditions"]),
    json,
  };
}

/**
 * The resources of a `Resources` section, by logical id. A service may have a resource without a type, which changes
 * one of the framework: its type is empty. So is that of `Fn::Transform`, a macro that AWS replaces by resources.
 */
export function resourcesIn(section: JsonObject): ReadonlyMap<string, Resource> {
  return new Map(Object.entries(section).map(([id, resource]) => [id, readResource(id, resource)]));
}

function readResource(id: string, value: unknown): Resource {
  const resource = objectOf(value);
  return {
    id,
    type: textOf(resource["Type"]) ?? "",
    properties: objectOf(resource["Properties"]),
    dependsOn: textsOf([resource["DependsOn"] ?? []].flat()),
    deletionPolicy: textOf(resource["DeletionPolicy"]),
    updateReplacePolicy: textOf(resource["UpdateReplacePolicy"]),
    condition: textOf(resource["Condition"]),
    json: resource,
  };
}

/** The resources of the given types, in the order of the template. */
export function resourcesOf(
  { resources }: Pick<Template, "resources">,
  ...types: readonly string[]
): readonly Resource[] {
  return [...resources.values()].filter(({ type }) => types.includes(type));
}

/** A `Resources` section with each resource replaced by what `change` returns. */
export function mapResources(section: JsonObject, change: (resource: Resource) => JsonObject): JsonObject {
  return Object.fromEntries([...resourcesIn(section)].map(([id, resource]) => [id, change(resource)]));
}

/** The JSON of a resource with some of its properties set; an undefined one is removed. */
export function withProperties({ json, properties }: Resource, set: JsonObject): JsonObject {
  const all = Object.entries({ ...properties, ...set }).filter(([, value]) => value !== undefined);
  return { ...json, Properties: Object.fromEntries(all) };
}

/**
 * Whether a resource stays in the account when it leaves the template (CloudFormation template reference,
 * "DeletionPolicy"; `RetainExceptOnCreate` deletes only what a failed first deployment created).
 */
export function isRetained({ deletionPolicy }: Resource): boolean {
  return deletionPolicy === "Retain" || deletionPolicy === "RetainExceptOnCreate";
}
