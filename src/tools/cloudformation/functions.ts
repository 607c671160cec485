import { textOf } from "../../json.ts";
import { namedBy, spelled } from "./spelled.ts";
import type { Resource, Template } from "./template.ts";

/**
 * The function of this template that a value names, by name, by ARN or in the URI that API Gateway calls; with its
 * qualifier where it has one, however that is named (`Orders`, `Orders:live`). Undefined where it names none of this
 * template.
 */
export function functionNamed(template: Template, value: unknown): string | undefined {
  const text = spelled(value);
  if (text === undefined) return undefined;
  const references = text.matchAll(/\$\{([A-Za-z0-9]+)(?:\.Arn)?\}(:[\w$-]+)?/g);
  for (const [, id = "", qualifier = ""] of references) {
    const resource = template.resources.get(id);
    if (resource?.type === "AWS::Lambda::Function") return `${id}${qualifier}`;
    if (resource?.type === "AWS::Lambda::Alias")
      return `${ownerOf(resource)}:${spelled(resource.properties["Name"])}`;
    if (resource?.type === "AWS::Lambda::Version") return `${ownerOf(resource)}:${id}`;
  }
  for (const { id, type, properties } of template.resources.values()) {
    const name = textOf(properties["FunctionName"]);
    if (type === "AWS::Lambda::Function" && name !== undefined && endsWithName(text, name)) return id;
  }
  return undefined;
}

/** The function of what `functionNamed` gives. */
export function functionBehind(named: string): string {
  return named.replace(/:.*/, "");
}

function ownerOf({ id, properties }: Resource): string {
  return namedBy(properties["FunctionName"])[0] ?? id;
}

function endsWithName(text: string, name: string): boolean {
  return (
    text === name || text.endsWith(`:function:${name}`) || text.includes(`:function:${name}/invocations`)
  );
}
