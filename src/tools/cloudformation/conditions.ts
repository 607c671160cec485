import { type JsonObject, objectOf, textOf } from "../../json.ts";
import { type Intrinsic, intrinsicIn } from "./intrinsics.ts";

/**
 * A section of CloudFormation with its conditions settled. A condition is settled if its value is certain before
 * deployment (`Fn::Equals` of two literals and conditions built from such).
 *
 * Resources and outputs with a false condition are removed, with the `DependsOn` that names them. `Fn::If` becomes the
 * branch that holds; a property that becomes `AWS::NoValue` is removed. A condition that only AWS can evaluate (it
 * refers to a parameter or a pseudo parameter) stays, with everything that depends on it.
 *
 * @param section `resources` of a service: Conditions, Resources, Outputs
 * @throws RangeError if a condition is used but not defined, or if conditions refer to each other in a cycle
 */
export function settleSection(section: JsonObject): JsonObject {
  const conditions = settleConditions(objectOf(section["Conditions"]));
  const remaining = Object.fromEntries(
    Object.entries(objectOf(section["Conditions"]))
      .filter(([name]) => conditions.get(name) === undefined)
      .map(([name, expression]) => [name, withoutReferences(expression, conditions)]),
  );
  const resources = settleEntries(objectOf(section["Resources"]), conditions);
  const outputs = settleEntries(objectOf(section["Outputs"]), conditions);
  const { Conditions: _conditions, ...rest } = section;
  return {
    ...rest,
    ...(Object.keys(remaining).length > 0 && { Conditions: remaining }),
    ...(section["Resources"] !== undefined && { Resources: withoutLost(resources, section) }),
    ...(section["Outputs"] !== undefined && { Outputs: outputs }),
  };
}

/** Condition -> its value; undefined if only AWS can evaluate it. */
export type Conditions = ReadonlyMap<string, boolean | undefined>;

/** @throws RangeError @see settleSection */
export function settleConditions(definitions: JsonObject): Conditions {
  const values = new Map<string, boolean | undefined>();
  const known = (name: string, path: readonly string[]): boolean | undefined => {
    if (values.has(name)) return values.get(name);
    if (path.includes(name)) throw new RangeError(`conditions form a cycle: ${[...path, name].join(" -> ")}`);
    if (!Object.hasOwn(definitions, name)) throw new RangeError(`condition \`${name}\` is not defined`);
    const value = evaluate(definitions[name], (other) => known(other, [...path, name]));
    values.set(name, value);
    return value;
  };
  for (const name of Object.keys(definitions)) known(name, []);
  return values;
}

/**
 * A value with every `Fn::If` of a settled condition replaced. `NO_VALUE` if nothing remains.
 * @throws RangeError if it names a condition that is not defined
 */
export function settleValue(value: unknown, conditions: Conditions): unknown {
  if (Array.isArray(value)) {
    return value.map((item: unknown) => settleValue(item, conditions)).filter((item) => item !== NO_VALUE);
  }
  if (typeof value !== "object" || value === null) return value;
  const intrinsic = intrinsicIn(value);
  if (intrinsic?.kind === "name" && intrinsic.name.id === "AWS::NoValue") return NO_VALUE;
  if (intrinsic?.kind === "choice") return settleChoice(intrinsic, conditions);
  const entries = Object.entries(value).map(([key, inner]) => [key, settleValue(inner, conditions)] as const);
  return Object.fromEntries(entries.filter(([, inner]) => inner !== NO_VALUE));
}

/** The result of `!Ref AWS::NoValue`: the property or item is removed. */
const NO_VALUE: unique symbol = Symbol("AWS::NoValue");

type Choice = Extract<Intrinsic, { readonly kind: "choice" }>;

function settleChoice({ condition, branches }: Choice, conditions: Conditions): unknown {
  if (!conditions.has(condition)) {
    throw new RangeError(`Fn::If names the condition \`${condition}\`, which is not defined`);
  }
  const holds = conditions.get(condition);
  if (holds !== undefined) return settleValue(branches[holds ? 0 : 1], conditions);
  // AWS decides, so it still needs `AWS::NoValue`.
  const kept = branches.map((branch) => {
    const settled = settleValue(branch, conditions);
    return settled === NO_VALUE ? { Ref: "AWS::NoValue" } : settled;
  });
  return { "Fn::If": [condition, ...kept] };
}

function settleEntries(entries: JsonObject, conditions: Conditions): JsonObject {
  const kept: [string, unknown][] = [];
  for (const [id, entry] of Object.entries(entries)) {
    const name = textOf(objectOf(entry)["Condition"]);
    if (name !== undefined && !conditions.has(name)) {
      throw new RangeError(`\`${id}\` names the condition \`${name}\`, which is not defined`);
    }
    const holds = name === undefined ? true : conditions.get(name);
    if (holds === false) continue;
    const { Condition: condition, ...rest } = objectOf(entry);
    const settled = objectOf(settleValue(rest, conditions));
    kept.push([id, holds === undefined ? { Condition: condition, ...settled } : settled]);
  }
  return Object.fromEntries(kept);
}

/** `DependsOn` must not name a removed resource. */
function withoutLost(resources: JsonObject, section: JsonObject): JsonObject {
  const lost = new Set(
    Object.keys(objectOf(section["Resources"])).filter((id) => !Object.hasOwn(resources, id)),
  );
  return Object.fromEntries(
    Object.entries(resources).map(([id, entry]) => {
      const { DependsOn: needs, ...rest } = objectOf(entry);
      if (needs === undefined) return [id, rest];
      const kept = [needs].flat().filter((need) => typeof need !== "string" || !lost.has(need));
      return [id, kept.length === 0 ? rest : { ...rest, DependsOn: Array.isArray(needs) ? kept : kept[0] }];
    }),
  );
}

function evaluate(expression: unknown, lookUp: (name: string) => boolean | undefined): boolean | undefined {
  const inner = (part: unknown) => evaluate(part, lookUp);
  const {
    Condition: name,
    "Fn::Equals": equals,
    "Fn::Not": not,
    "Fn::And": and,
    "Fn::Or": or,
  } = objectOf(expression);
  if (typeof name === "string") return lookUp(name);
  if (Array.isArray(equals)) {
    const [left, right]: readonly unknown[] = equals as readonly unknown[];
    return isLiteral(left) && isLiteral(right) ? String(left) === String(right) : undefined;
  }
  if (Array.isArray(not)) {
    const value = inner(not[0]);
    return value === undefined ? undefined : !value;
  }
  if (Array.isArray(and)) return junction(and.map(inner), false);
  if (Array.isArray(or)) return junction(or.map(inner), true);
  return undefined;
}

/** What stays for AWS must not refer to a removed condition: the condition's value replaces it. */
function withoutReferences(expression: unknown, conditions: Conditions): unknown {
  if (Array.isArray(expression))
    return expression.map((part: unknown) => withoutReferences(part, conditions));
  if (typeof expression !== "object" || expression === null) return expression;
  const name = textOf(objectOf(expression)["Condition"]);
  const value = name === undefined ? undefined : conditions.get(name);
  if (value !== undefined) return { "Fn::Equals": ["true", String(value)] };
  return Object.fromEntries(
    Object.entries(expression).map(([key, part]: [string, unknown]) => [
      key,
      withoutReferences(part, conditions),
    ]),
  );
}

function isLiteral(value: unknown): boolean {
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean";
}

/** One `false` decides a conjunction, one `true` a disjunction; otherwise one unknown makes the result unknown. */
function junction(values: readonly (boolean | undefined)[], decisive: boolean): boolean | undefined {
  if (values.includes(decisive)) return decisive;
  return values.includes(undefined) ? undefined : !decisive;
}
