import { objectOf } from "../../json.ts";

/** What a value refers to: a resource, a parameter, a pseudo parameter, or an attribute of a resource. */
export interface Name {
  /** A logical id, or `AWS::Region`. */
  readonly id: string;
  /** `Arn`, `Outputs.Url`; undefined for `Ref`. */
  readonly attribute?: string;
}

/** An intrinsic function that is a whole value. */
export type Intrinsic =
  /** `Ref` and `Fn::GetAtt`. */
  | { readonly kind: "name"; readonly name: Name }
  /** `Fn::Join`. `Fn::Sub` is a join of its literal parts, names and variables, without a separator. */
  | { readonly kind: "join"; readonly separator: string; readonly items: readonly unknown[] }
  /** `Fn::If`. */
  | { readonly kind: "choice"; readonly condition: string; readonly branches: readonly [unknown, unknown] }
  /** Any other function (`Fn::ImportValue`, `Fn::Select`), and one that CloudFormation would refuse. */
  | { readonly kind: "other" };

/**
 * Reads an intrinsic function; undefined if the value is a plain one. Only this file reads the functions in values;
 * conditions.ts reads those in conditions (CloudFormation template reference, "Intrinsic functions").
 */
export function intrinsicIn(value: unknown): Intrinsic | undefined {
  const [entry, ...more] = Object.entries(objectOf(value));
  if (entry === undefined || more.length > 0) return undefined;
  const [key, argument] = entry;
  if (key !== "Ref" && !key.startsWith("Fn::")) return undefined;
  return READERS[key]?.(argument) ?? { kind: "other" };
}

const READERS: Readonly<Record<string, (argument: unknown) => Intrinsic | undefined>> = {
  Ref: (argument) => (typeof argument === "string" ? { kind: "name", name: { id: argument } } : undefined),
  "Fn::GetAtt": readGetAtt,
  "Fn::Sub": readSub,
  "Fn::Join": readJoin,
  "Fn::If": readChoice,
};

function readGetAtt(argument: unknown): Intrinsic | undefined {
  const path: readonly unknown[] = [argument].flat();
  if (!path.every((part) => typeof part === "string")) return undefined;
  return { kind: "name", name: nameIn(path.join(".")) };
}

/** `Pool`, `Pool.Arn`. */
function nameIn(text: string): Name {
  const [id = "", ...attribute] = text.trim().split(".");
  return attribute.length === 0 ? { id } : { id, attribute: attribute.join(".") };
}

/** `${Name}` in a string is that name, or the variable of that name; `${!Literal}` is `${Literal}`. */
function readSub(argument: unknown): Intrinsic | undefined {
  const [text, given]: readonly unknown[] = [argument].flat();
  if (typeof text !== "string") return undefined;
  const variables = objectOf(given);
  const items: unknown[] = [];
  let end = 0;
  for (const { index, 0: whole, 1: inner = "" } of text.matchAll(/\$\{([^}]*)\}/g)) {
    items.push(text.slice(end, index));
    end = index + whole.length;
    const name = inner.trim();
    if (inner.startsWith("!")) items.push(`\${${inner.slice(1)}}`);
    else items.push(Object.hasOwn(variables, name) ? variables[name] : referenceTo(nameIn(name)));
  }
  items.push(text.slice(end));
  return { kind: "join", separator: "", items: items.filter((item) => item !== "") };
}

function referenceTo({ id, attribute }: Name): unknown {
  return attribute === undefined ? { Ref: id } : { "Fn::GetAtt": [id, attribute] };
}

function readJoin(argument: unknown): Intrinsic | undefined {
  const [separator, items]: readonly unknown[] = [argument].flat();
  if (typeof separator !== "string" || !Array.isArray(items)) return undefined;
  return { kind: "join", separator, items };
}

function readChoice(argument: unknown): Intrinsic | undefined {
  if (!Array.isArray(argument)) return undefined;
  const [condition, then, otherwise] = argument as readonly unknown[];
  return { kind: "choice", condition: String(condition), branches: [then, otherwise] };
}
