import { objectOf } from "../../json.ts";

/**
 * A value of a template in the spelling of `Fn::Sub`, so that the forms that mean the same text are the same text:
 * `Ref X` is `${X}`, `Fn::GetAtt` is `${X.Arn}`, `Fn::Join` and `Fn::Sub` are what they make of these. Undefined
 * for what is no text before deployment in any spelling (`Fn::ImportValue`, `Fn::Select`, an object).
 */
export function spelled(value: unknown, depth = 0): string | undefined {
  // A template that nests deeper is CloudFormation's to refuse.
  if (depth > 20) return undefined;
  if (typeof value === "string") return value;
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  const { Ref: reference, "Fn::GetAtt": attribute, "Fn::Sub": sub, "Fn::Join": join } = objectOf(value);
  if (typeof reference === "string") return `\${${reference}}`;
  if (attribute !== undefined) return `\${${[attribute].flat().join(".")}}`;
  if (sub !== undefined) return spelledSub(sub, depth + 1);
  if (Array.isArray(join)) return spelledJoin(join, depth + 1);
  return undefined;
}

function spelledSub(sub: unknown, depth: number): string | undefined {
  const [template, variables]: readonly unknown[] = [sub].flat();
  if (typeof template !== "string") return undefined;
  const known = objectOf(variables);
  return template.replace(/\$\{([^!}][^}]*)\}/g, (whole, name: string) => {
    const key = name.trim();
    return Object.hasOwn(known, key) ? (spelled(known[key], depth) ?? whole) : `\${${key}}`;
  });
}

function spelledJoin([separator, parts]: readonly unknown[], depth: number): string | undefined {
  if (typeof separator !== "string" || !Array.isArray(parts)) return undefined;
  const texts = parts.map((part) => spelled(part, depth));
  return texts.every((text) => text !== undefined) ? texts.join(separator) : undefined;
}

/** The names between `${` and `}`, without attributes: `${Pool.Arn}/x` names `Pool`. */
export function namesIn(text: string): readonly string[] {
  return Array.from(text.matchAll(/\$\{([^!}.][^}.]*)(?:\.[^}]*)?\}/g), ([, name = ""]) => name.trim());
}

/** The logical ids that a value refers to, as far as it is text. */
export function namedBy(value: unknown): readonly string[] {
  const text = spelled(value);
  return text === undefined ? [] : namesIn(text);
}

/** Whether two values are the same, however their references are written. */
export function sameValue(a: unknown, b: unknown): boolean {
  return canonical(a) === canonical(b);
}

function canonical(value: unknown): string {
  return JSON.stringify(normalized(value)) ?? "undefined";
}

/** `30`, `"30"` and `true`, `"true"` are the same to CloudFormation. */
function normalized(value: unknown): unknown {
  const text = spelled(value);
  if (text !== undefined) return text;
  if (Array.isArray(value)) return value.map(normalized);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, inner]: [string, unknown]) => [key, normalized(inner)]));
}
