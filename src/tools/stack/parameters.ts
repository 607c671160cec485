import { nearest } from "../../policy/suggestion.ts";
import { listOf } from "./parameter-values.ts";

/** Name -> value of the stage parameters in force: `--param` first, then the stage's, then the default. */
export type Parameters = ReadonlyMap<string, string>;

/** A problem of a parameter, in a sentence. */
export interface ParameterFault {
  readonly parameter: string;
  readonly message: string;
  /** Set if no parameter has that name. */
  readonly unknown?: true;
}

/** The valid values of a claimgate parameter. Parameters that a service adds for itself are not checked. */
export interface ParameterRule {
  /** The allowed values; undefined allows any string. */
  readonly values?: readonly string[];
  /** A whole number from the first to the second, both included. */
  readonly range?: readonly [least: number, most: number];
  /** The pattern of a string, and its description: expected ... An empty string is always valid. */
  readonly pattern?: { readonly test: RegExp; readonly expected: string };
  /** A list with at least one item: the pattern of every item, and its description: expected ... */
  readonly items?: { readonly test: RegExp; readonly expected: string };
}

/**
 * Checks the parameters of a stage before anything is built: unknown names, and values that CloudFormation would
 * refuse minutes later or misunderstand.
 *
 * @param known the names under `params.default`, where every parameter has a default
 * @param given the names that the stage and the command line set
 */
export function checkParameters(
  rules: ReadonlyMap<string, ParameterRule>,
  known: ReadonlySet<string>,
  given: ReadonlySet<string>,
  values: Parameters,
): ParameterFault[] {
  const unknown = [...given].filter((name) => !known.has(name)).map((name) => unknownName(name, known));
  const wrong = [...rules].flatMap(([name, rule]) => {
    const value = values.get(name);
    const expected = value === undefined ? undefined : faultOf(rule, value);
    return expected === undefined
      ? []
      : [{ parameter: name, message: `parameter \`${name}\` is \`${value}\`; expected ${expected}` }];
  });
  return [...unknown, ...wrong];
}

function unknownName(name: string, known: ReadonlySet<string>): ParameterFault {
  const meant = nearest(name, known);
  const hint =
    meant === undefined ? "params.default in serverless.yml has the names" : `did you mean \`${meant}\`?`;
  return { parameter: name, message: `parameter \`${name}\` is used by nothing: ${hint}`, unknown: true };
}

function faultOf({ values, range, pattern, items }: ParameterRule, value: string): string | undefined {
  if (values !== undefined && !values.includes(value)) {
    return `one of ${values.map((one) => `\`${one}\``).join(", ")}`;
  }
  if (range !== undefined) {
    const [least, most] = range;
    const number = /^\d+$/.test(value) ? Number(value) : Number.NaN;
    if (!(number >= least && number <= most)) return `a whole number from ${least} to ${most}`;
  }
  if (pattern !== undefined && value !== "" && !pattern.test.test(value)) return pattern.expected;
  if (items !== undefined) {
    const list = listOf(value);
    if (list.length === 0) return `a list: ${items.expected}`;
    const wrong = list.find((item) => !items.test.test(item));
    if (wrong !== undefined) return `${items.expected}, not \`${wrong}\``;
  }
  return undefined;
}

export const ON_OFF: ParameterRule = { values: ["true", "false"] };
