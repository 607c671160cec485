import { type JsonObject, objectOf, textOf } from "../../json.ts";
import { functionBehind, functionNamed } from "../cloudformation/functions.ts";
import { textList } from "../cloudformation/statements.ts";
import type { Resource, Template } from "../cloudformation/template.ts";

/** The variables of the function behind an authorizer; none if it is not of this template. */
export function variablesBehind(template: Template, { properties }: Resource): JsonObject {
  const named = functionNamed(template, properties["AuthorizerUri"]);
  const asked = named === undefined ? undefined : template.resources.get(functionBehind(named));
  return objectOf(objectOf(asked?.properties["Environment"])["Variables"]);
}

/** The identity sources of an authorizer: a REST API has one string with commas, an HTTP API a list. */
export function identitySourcesOf({ properties }: Resource): readonly string[] {
  const written = properties["IdentitySource"];
  const list = textOf(written)?.split(",") ?? textList(written);
  return list.map((source) => source.trim()).filter((source) => source !== "");
}
