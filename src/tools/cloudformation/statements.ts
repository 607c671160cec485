import { type JsonObject, objectOf } from "../../json.ts";
import { valuesAt } from "./places.ts";
import type { Resource } from "./template.ts";

/** A statement of an IAM policy, and its place. */
export interface Statement {
  /** Below `Properties`: `Policies.0.PolicyDocument.Statement.1`. */
  readonly path: string;
  readonly json: JsonObject;
  readonly actions: readonly string[];
}

/** The statements of a role or policy that allow something. */
export function allowingStatements({ properties }: Resource): readonly Statement[] {
  return ["Policies.*.PolicyDocument.Statement", "PolicyDocument.Statement"].flatMap((path) =>
    statementsAt(properties, path),
  );
}

/** The statements of a role's trust policy that allow something. */
export function trustStatements({ properties }: Resource): readonly Statement[] {
  return statementsAt(properties, "AssumeRolePolicyDocument.Statement");
}

function statementsAt(properties: JsonObject, path: string): readonly Statement[] {
  // A single statement needs no list around it.
  return valuesAt(properties, path)
    .flatMap((place) =>
      Array.isArray(place.value)
        ? valuesAt(place.value, "*").map((one) => ({ ...one, path: `${place.path}.${one.path}` }))
        : [place],
    )
    .map((place) => ({ path: place.path, json: objectOf(place.value) }))
    .filter(({ json }) => json["Effect"] === "Allow")
    .map(({ path: at, json }) => ({ path: at, json, actions: textList(json["Action"]) }));
}

/** The strings of a value that is one string or a list. */
export function textList(value: unknown): readonly string[] {
  return [value ?? []].flat().filter((item): item is string => typeof item === "string");
}
