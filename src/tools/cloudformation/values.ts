import { intrinsicIn, type Name } from "./intrinsics.ts";

/** Marks a value that cannot be known. */
export const UNRESOLVED: unique symbol = Symbol("unresolved");

/** A part of a string: a literal, what a name will be, or unknown before deployment (`Fn::ImportValue`). */
export type Part = string | Name | typeof UNRESOLVED;

/** The value of a name; undefined if it is not known. */
export type LookUp = (name: Name) => string | undefined;

/** CloudFormation refuses deeper nesting. */
const DEEPEST = 20;

/**
 * The parts of a string: of a string, a number or a boolean (`30` and `"30"` are the same to CloudFormation), and of
 * the results of `Ref`, `Fn::GetAtt`, `Fn::Sub` and `Fn::Join`. Undefined for a list, an object and null. Every other
 * intrinsic function is an unresolved part.
 */
export function partsOf(value: unknown, depth = 0): readonly Part[] | undefined {
  if (typeof value === "string") return [value];
  if (typeof value === "number" || typeof value === "boolean") return [String(value)];
  const intrinsic = intrinsicIn(value);
  if (intrinsic === undefined) return undefined;
  if (intrinsic.kind === "name") return [intrinsic.name];
  if (intrinsic.kind !== "join" || depth > DEEPEST) return [UNRESOLVED];
  const { separator, items } = intrinsic;
  return withWholeLiterals(
    items.flatMap((item, index) => [
      ...(index > 0 && separator !== "" ? [separator] : []),
      ...(partsOf(item, depth + 1) ?? [UNRESOLVED]),
    ]),
  );
}

/** Merges adjacent literals. */
function withWholeLiterals(parts: readonly Part[]): readonly Part[] {
  const whole: Part[] = [];
  for (const part of parts) {
    const last = whole.at(-1);
    if (typeof part === "string" && typeof last === "string") whole[whole.length - 1] = last + part;
    else whole.push(part);
  }
  return whole;
}

/** The string of a value. Undefined if the value is not a string, or if any part of it is not known. */
export function textWith(value: unknown, lookUp: LookUp): string | undefined {
  return joined(partsOf(value), (part) => (typeof part === "string" ? part : lookUp(part)));
}

/**
 * A value with every name in it replaced by its value; plain values stay as they are. A value with an unknown part is
 * {@link UNRESOLVED} as a whole.
 */
export function valueWith(value: unknown, lookUp: LookUp): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (intrinsicIn(value) !== undefined) return textWith(value, lookUp) ?? UNRESOLVED;
  const entries = Object.entries(value).map(([key, inner]: [string, unknown]) => [
    key,
    valueWith(inner, lookUp),
  ]);
  if (entries.some(([, inner]) => inner === UNRESOLVED)) return UNRESOLVED;
  return Array.isArray(value) ? entries.map(([, inner]) => inner) : Object.fromEntries(entries);
}

/**
 * A string in the spelling of `Fn::Sub`, so that equivalent forms are equal: `Ref X` is `${X}`, `Fn::GetAtt` is
 * `${X.Arn}`, a literal `${` is `${!`. Undefined for what is not a string, or not known before deployment.
 */
export function spelled(value: unknown): string | undefined {
  return joined(partsOf(value), (part) => {
    if (typeof part === "string") return part.replaceAll("${", () => "${!");
    return `\${${part.attribute === undefined ? part.id : `${part.id}.${part.attribute}`}}`;
  });
}

function joined(
  parts: readonly Part[] | undefined,
  textOfPart: (part: string | Name) => string | undefined,
): string | undefined {
  const texts = parts?.map((part) => (part === UNRESOLVED ? undefined : textOfPart(part)));
  return texts?.every((text) => text !== undefined) === true ? texts.join("") : undefined;
}

/** The names in a string, in order. */
export function namesIn(value: unknown): readonly Name[] {
  return (partsOf(value) ?? []).filter((part) => typeof part === "object");
}

/** The logical ids in a string. */
export function namedBy(value: unknown): readonly string[] {
  return namesIn(value).map(({ id }) => id);
}

/** Whether two values are equal, in any spelling of their references and scalars. */
export function sameValue(a: unknown, b: unknown): boolean {
  return canonical(a) === canonical(b);
}

function canonical(value: unknown): string {
  return JSON.stringify(normalized(value)) ?? "undefined";
}

function normalized(value: unknown): unknown {
  const text = spelled(value);
  if (text !== undefined) return text;
  if (Array.isArray(value)) return value.map(normalized);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, inner]: [string, unknown]) => [key, normalized(inner)]));
}
