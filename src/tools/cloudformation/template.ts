import { type JsonObject, objectOf, textOf, textsOf } from "../../json.ts";

/** A packaged CloudFormation template, as far as checks look at it. */
export interface Template {
  /** By logical id, in the order of the template. */
  readonly resources: ReadonlyMap<string, Resource>;
  readonly outputs: JsonObject;
  readonly parameters: JsonObject;
  readonly conditions: JsonObject;
  /** What was read. */
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
}

/**
 * @param value the JSON of `cloudformation-template-update-stack.json`, or what CloudFormation's GetTemplate gives
 * @throws TypeError where it is no template
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
  const entries = Object.entries(objectOf(section));
  return {
    resources: new Map(entries.map(([id, resource]) => [id, readResource(id, resource)])),
    outputs: objectOf(json["Outputs"]),
    parameters: objectOf(json["Parameters"]),
    conditions: objectOf(json["Conditions"]),
    json,
  };
}

function readResource(id: string, value: unknown): Resource {
  const resource = objectOf(value);
  const type = textOf(resource["Type"]);
  if (type === undefined)
    throw new TypeError(`not a CloudFormation template: resource \`${id}\` has no Type`);
  return {
    id,
    type,
    properties: objectOf(resource["Properties"]),
    dependsOn: textsOf([resource["DependsOn"] ?? []].flat()),
    deletionPolicy: textOf(resource["DeletionPolicy"]),
    updateReplacePolicy: textOf(resource["UpdateReplacePolicy"]),
    condition: textOf(resource["Condition"]),
  };
}

/** The resources of the given types, in the order of the template. */
export function resourcesOf({ resources }: Template, ...types: readonly string[]): readonly Resource[] {
  return [...resources.values()].filter(({ type }) => types.includes(type));
}
