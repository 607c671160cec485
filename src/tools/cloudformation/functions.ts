import { textOf } from "../../json.ts";
import type { Resource, Template } from "./template.ts";
import { namedBy, type Part, partsOf, spelled } from "./values.ts";

/**
 * The function of this template that a value names: by name, by ARN, or in the URI that API Gateway calls. It includes
 * a qualifier, in any of these forms (`Orders`, `Orders:live`). Undefined if the value names no function of this
 * template.
 */
export function functionNamed(template: Template, value: unknown): string | undefined {
  const parts = partsOf(value) ?? [];
  for (const [index, part] of parts.entries()) {
    if (typeof part !== "object" || (part.attribute ?? "Arn") !== "Arn") continue;
    const resource = template.resources.get(part.id);
    if (resource?.type === "AWS::Lambda::Function") return `${part.id}${qualifierIn(parts[index + 1])}`;
    if (resource?.type === "AWS::Lambda::Alias")
      return `${ownerOf(resource)}:${spelled(resource.properties["Name"])}`;
    if (resource?.type === "AWS::Lambda::Version") return `${ownerOf(resource)}:${part.id}`;
  }
  const text = spelled(value);
  if (text === undefined) return undefined;
  for (const { id, type, properties } of template.resources.values()) {
    const name = textOf(properties["FunctionName"]);
    if (type === "AWS::Lambda::Function" && name !== undefined && endsWithName(text, name)) return id;
  }
  return undefined;
}

/** The function, without the qualifier, of a result of `functionNamed`. */
export function functionBehind(named: string): string {
  return named.replace(/:.*/, "");
}

/** `:live` of `:live/invocations`, the part after the name of the function. */
function qualifierIn(following: Part | undefined): string {
  return /^:[\w$-]+/.exec(typeof following === "string" ? following : "")?.[0] ?? "";
}

function ownerOf({ id, properties }: Resource): string {
  return namedBy(properties["FunctionName"])[0] ?? id;
}

function endsWithName(text: string, name: string): boolean {
  return (
    text === name || text.endsWith(`:function:${name}`) || text.includes(`:function:${name}/invocations`)
  );
}
