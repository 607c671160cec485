import { ownText } from "../own-property.ts";

/** One comparison of a condition: `{parameter}=claim` or `{parameter}!=claim`. */
export interface Atom {
  readonly parameter: string;
  readonly claim: string;
  readonly negated: boolean;
}

/** A conjunction of atoms. */
export type Condition = readonly Atom[];

/** The part of a request that conditions can read. */
export interface ConditionScope {
  readonly parameters: Readonly<Record<string, string>>;
  readonly claims: Readonly<Record<string, unknown>>;
}

/** A comparison whose parameter or claim is missing or not a string is neither true nor false. */
export type Truth = "true" | "false" | "unknown";

const ATOM = /^\{([A-Za-z0-9._-]+)\}(!?=)([A-Za-z0-9_][A-Za-z0-9_:.-]*)$/;

/**
 * Parses `{userId}=sub` and conjunctions joined by `&`.
 * @returns the condition, or the offset of the part that is not an atom
 */
export function parseCondition(text: string): { condition: Condition } | { offset: number; part: string } {
  const atoms: Atom[] = [];
  let offset = 0;
  for (const part of text.split("&")) {
    const match = ATOM.exec(part);
    const [, parameter, operator, claim] = match ?? [];
    if (parameter === undefined || operator === undefined || claim === undefined) return { offset, part };
    atoms.push({ parameter, claim, negated: operator === "!=" });
    offset += part.length + 1;
  }
  return { condition: atoms };
}

/** A conjunction is false if any atom is false, else unknown if any is, else true. */
export function evaluateCondition(condition: Condition, scope: ConditionScope): Truth {
  let truth: Truth = "true";
  for (const atom of condition) {
    const value = evaluateAtom(atom, scope);
    if (value === "false") return "false";
    if (value === "unknown") truth = "unknown";
  }
  return truth;
}

function evaluateAtom(atom: Atom, scope: ConditionScope): Truth {
  const parameter = ownText(scope.parameters, atom.parameter);
  const claim = ownText(scope.claims, atom.claim);
  if (parameter === undefined || claim === undefined) return "unknown";
  return (parameter === claim) === !atom.negated ? "true" : "false";
}
