import { type JsonObject, objectOf, textOf } from "../../json.ts";

/** A resource of a CloudFormation template. */
export interface CloudFormationResource {
  /** Its logical name. */
  readonly id: string;
  readonly type: string;
  readonly properties: JsonObject;
}

/** The resources of the `resources` section, which may be a list of sections. */
export function resourcesOf(section: unknown): ReadonlyMap<string, CloudFormationResource> {
  const entries = [section].flat().flatMap((part) => Object.entries(objectOf(objectOf(part)["Resources"])));
  return new Map(
    entries.map(([id, value]) => {
      const resource = objectOf(value);
      const properties = objectOf(resource["Properties"]);
      return [id, { id, type: textOf(resource["Type"]) ?? "", properties }];
    }),
  );
}

/** The logical name that a `Ref` names. */
export function referenceOf(value: unknown): string | undefined {
  return textOf(objectOf(value)["Ref"]);
}

/**
 * What a value will be once deployed, where that is certain: plain text, `Fn::Sub` and `Fn::Join` of such, and
 * `Ref` of what `refs` knows. Undefined for everything else.
 */
export function literalOf(
  value: unknown,
  refs: (id: string) => string | undefined,
  depth = 0,
): string | undefined {
  // A template that refers to itself is CloudFormation's to refuse.
  if (depth > 8) return undefined;
  if (typeof value === "string") return value;
  const inner = (part: unknown) => literalOf(part, refs, depth + 1);
  const { Ref: reference, "Fn::Sub": sub, "Fn::Join": join } = objectOf(value);
  if (typeof reference === "string") return refs(reference);
  if (sub !== undefined) {
    const [template, variables]: unknown[] = [sub].flat();
    if (typeof template !== "string") return undefined;
    const known = objectOf(variables);
    return substitute(template, (name) => (Object.hasOwn(known, name) ? inner(known[name]) : refs(name)));
  }
  if (Array.isArray(join) && typeof join[0] === "string" && Array.isArray(join[1])) {
    const parts = join[1].map(inner);
    return parts.every((part) => part !== undefined) ? parts.join(join[0]) : undefined;
  }
  return undefined;
}

function substitute(template: string, lookUp: (name: string) => string | undefined): string | undefined {
  let known = true;
  const text = template.replace(/\$\{([^}]*)\}/g, (_, name: string) => {
    if (name.startsWith("!")) return `\${${name.slice(1)}}`;
    const value = lookUp(name.trim());
    if (value === undefined) known = false;
    return value ?? "";
  });
  return known ? text : undefined;
}
