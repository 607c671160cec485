import { type JsonObject, objectOf } from "../../json.ts";
import { spelled } from "../cloudformation/spelled.ts";
import type { Template } from "../cloudformation/template.ts";
import { functionArn, userPoolArn } from "./arn.ts";
import type { Deployment } from "./facts.ts";

/** Stands for a value that cannot be told from here. */
export const UNRESOLVED = Symbol("unresolved");

/**
 * What a value of the template is in this deployment: references are replaced by what they give. A value with
 * anything in it that cannot be told is {@link UNRESOLVED} as a whole.
 */
export type Resolve = (value: unknown) => unknown;

export function createResolve(template: Template, deployment: Deployment): Resolve {
  const nameToText = (name: string) => resolvedName(template, deployment, name);
  const resolve: Resolve = (value) => {
    // Plain text is what it is, also where it looks like a reference.
    if (typeof value !== "object" || value === null) return value;
    const text = spelled(value);
    if (text !== undefined) return substituted(text, nameToText);
    if (Array.isArray(value)) {
      const items = value.map(resolve);
      return items.includes(UNRESOLVED) ? UNRESOLVED : items;
    }
    return resolvedMembers(objectOf(value), resolve);
  };
  return resolve;
}

function resolvedMembers(value: JsonObject, resolve: Resolve): unknown {
  const entries = Object.entries(value).map(([key, inner]): [string, unknown] => [key, resolve(inner)]);
  const unknown = entries.some(([key, inner]) => inner === UNRESOLVED || key.startsWith("Fn::"));
  return unknown ? UNRESOLVED : Object.fromEntries(entries);
}

function substituted(text: string, nameToText: (name: string) => string | undefined): unknown {
  let known = true;
  const result = text.replace(/\$\{([^}]*)\}/g, (_, name: string) => {
    if (name.startsWith("!")) return `\${${name.slice(1)}}`;
    const value = nameToText(name.trim());
    if (value === undefined) known = false;
    return value ?? "";
  });
  return known ? result : UNRESOLVED;
}

function resolvedName(
  template: Template,
  { where, stack, resources }: Deployment,
  name: string,
): string | undefined {
  const suffix = where.partition === "aws-cn" ? "amazonaws.com.cn" : "amazonaws.com";
  const pseudo: Readonly<Record<string, string>> = {
    "AWS::Region": where.region,
    "AWS::AccountId": where.accountId,
    "AWS::Partition": where.partition,
    "AWS::URLSuffix": suffix,
    "AWS::StackName": stack.name,
    "AWS::StackId": stack.id,
  };
  if (Object.hasOwn(pseudo, name)) return pseudo[name];
  const [id = "", ...path] = name.split(".");
  const physicalId = resources.get(id)?.physicalId;
  const attribute = path.join(".");
  if (physicalId === undefined || physicalId === "" || attribute === "") return physicalId || undefined;
  switch (`${template.resources.get(id)?.type}.${attribute}`) {
    case "AWS::Lambda::Function.Arn":
      return functionArn(where, physicalId);
    case "AWS::Cognito::UserPool.Arn":
      return userPoolArn(where, physicalId);
    case "AWS::Cognito::UserPool.ProviderName":
      return `cognito-idp.${where.region}.${suffix}/${physicalId}`;
    default:
      return undefined;
  }
}
