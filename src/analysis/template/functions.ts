import { textOf } from "../../json.ts";
import { spelled } from "./spelled.ts";
import type { Template } from "./template.ts";

const INVOCABLE = ["AWS::Lambda::Function", "AWS::Lambda::Alias", "AWS::Lambda::Version"];

/**
 * The function of this template that a value names, by name, by ARN or in the URI that API Gateway calls; with its
 * qualifier where it has one (`Orders`, `Orders:provisioned`). Undefined where it names none of this template.
 */
export function functionNamed(template: Template, value: unknown): string | undefined {
  const text = spelled(value);
  if (text === undefined) return undefined;
  for (const [, id = "", qualifier = ""] of text.matchAll(
    /\$\{([A-Za-z0-9]+)(?:\.Arn)?\}(:[A-Za-z0-9-_$]+)?/g,
  )) {
    if (INVOCABLE.includes(template.resources.get(id)?.type ?? "")) return `${id}${qualifier}`;
  }
  for (const { id, type, properties } of template.resources.values()) {
    const name = textOf(properties["FunctionName"]);
    if (type === "AWS::Lambda::Function" && name !== undefined && endsWithName(text, name)) return id;
  }
  return undefined;
}

/** The function behind what `functionNamed` gives: an alias and a version are of a function. */
export function functionBehind(template: Template, named: string): string | undefined {
  const [id = ""] = named.split(":");
  const resource = template.resources.get(id);
  if (resource === undefined || resource.type === "AWS::Lambda::Function") return resource?.id;
  const owner = functionNamed(template, resource.properties["FunctionName"]);
  return owner === undefined || owner === named ? undefined : functionBehind(template, owner);
}

function endsWithName(text: string, name: string): boolean {
  return (
    text === name || text.endsWith(`:function:${name}`) || text.includes(`:function:${name}/invocations`)
  );
}
