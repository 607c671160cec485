import { listOf } from "./parameter-values.ts";

/** Name -> value of the stage parameters in force: `--param` first, then the stage's, then the default. */
export type Parameters = ReadonlyMap<string, string>;

/** A problem of a parameter, in a sentence. */
export interface ParameterFault {
  readonly parameter: string;
  readonly message: string;
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

/** Checks the value of each parameter: CloudFormation would refuse it minutes later or misunderstand it. */
export function checkParameters(
  rules: ReadonlyMap<string, ParameterRule>,
  values: Parameters,
): ParameterFault[] {
  return [...rules].flatMap(([name, rule]) => {
    const value = values.get(name);
    const expected = value === undefined ? undefined : faultOf(rule, value);
    return expected === undefined
      ? []
      : [{ parameter: name, message: `parameter \`${name}\` is \`${value}\`; expected ${expected}` }];
  });
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
