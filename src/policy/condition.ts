import { ownText } from "../own-property.ts";
import { type SignInTimes, signInAge } from "./sign-in-age.ts";

/** One comparison of a condition: of a path parameter with a claim or a literal, or of the age of the sign-in. */
export type Atom = ParameterAtom | AgeAtom;

export type ParameterAtom = ClaimAtom | LiteralAtom;

interface Compared {
  readonly parameter: string;
  readonly negated: boolean;
  readonly maxAge?: undefined;
}

/** `{parameter}=claim` or `{parameter}!=claim` */
export interface ClaimAtom extends Compared {
  readonly claim: string;
  readonly literal?: undefined;
}

/** `{parameter}='literal'` or `{parameter}!='literal'` */
interface LiteralAtom extends Compared {
  readonly claim?: undefined;
  readonly literal: string;
}

/** `max_age=seconds` or `max_age!=seconds`: whether the user signed in no longer ago than that. */
export interface AgeAtom {
  readonly parameter?: undefined;
  readonly claim?: undefined;
  readonly literal?: undefined;
  /** Seconds. */
  readonly maxAge: number;
  readonly negated: boolean;
}

/** A conjunction of atoms. */
export type Condition = readonly Atom[];

/** The part of a request that conditions can read. */
export interface ConditionScope extends SignInTimes {
  readonly parameters: Readonly<Record<string, string>>;
  readonly claims: Readonly<Record<string, unknown>>;
}

/** A comparison whose parameter, claim or time is missing or of another type is neither true nor false. */
export type Truth = "true" | "false" | "unknown";

/** The characters of a literal: those that a URI never needs to escape (RFC 3986, section 2.3). */
const LITERAL = "[A-Za-z0-9._~-]+";
const ATOM = new RegExp(`^\\{([A-Za-z0-9._-]+)\\}(!?=)(?:([A-Za-z0-9_][A-Za-z0-9_:.-]*)|'(${LITERAL})')$`);
const AGE = /^max_age(!?=)([1-9]\d{0,8})$/;
const WHOLE_LITERAL = new RegExp(`^${LITERAL}$`);

/** Whether a condition can compare with this string. */
export function isLiteral(text: string): boolean {
  return WHOLE_LITERAL.test(text);
}

/**
 * Parses `{userId}=sub`, `{env}='dev'`, `max_age=300` and conjunctions joined by `&`.
 * @returns the condition, or the offset of the part that is not an atom
 */
export function parseCondition(text: string): { condition: Condition } | { offset: number; part: string } {
  const atoms: Atom[] = [];
  let offset = 0;
  for (const part of text.split("&")) {
    const atom = parseAtom(part);
    if (atom === undefined) return { offset, part };
    atoms.push(atom);
    offset += part.length + 1;
  }
  return { condition: atoms };
}

function parseAtom(part: string): Atom | undefined {
  const [, relation, seconds] = AGE.exec(part) ?? [];
  if (seconds !== undefined) return { maxAge: Number(seconds), negated: relation === "!=" };
  const match = ATOM.exec(part);
  const [, parameter, operator, claim, literal] = match ?? [];
  if (parameter === undefined) return undefined;
  const compared = { parameter, negated: operator === "!=" };
  if (claim !== undefined) return { ...compared, claim };
  return literal === undefined ? undefined : { ...compared, literal };
}

/** The claim, or the quoted literal, that an atom compares its parameter with. */
export function operandOf({ claim, literal }: ParameterAtom): string {
  return claim ?? `'${literal}'`;
}

/** The atom as a row spells it. */
export function spellAtom(atom: Atom): string {
  const relation = atom.negated ? "!=" : "=";
  return atom.maxAge === undefined
    ? `{${atom.parameter}}${relation}${operandOf(atom)}`
    : `max_age${relation}${atom.maxAge}`;
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
  if (atom.maxAge !== undefined) {
    const age = signInAge(scope);
    return age === undefined ? "unknown" : truthOf(age <= atom.maxAge, atom);
  }
  const parameter = ownText(scope.parameters, atom.parameter);
  const other = atom.literal ?? ownText(scope.claims, atom.claim);
  if (parameter === undefined || other === undefined) return "unknown";
  return truthOf(parameter === other, atom);
}

function truthOf(holds: boolean, { negated }: Atom): Truth {
  return holds === negated ? "false" : "true";
}
