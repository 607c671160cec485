/** One comparison of a condition: a value of the path with a claim. */
interface Comparison {
  /** Where the value is: of two routes the same place is the same value, however they call it. */
  readonly place: string;
  readonly claim: string;
  readonly negated: boolean;
}

/** A conjunction of comparisons; the empty one is true. */
export type Clause = readonly Comparison[];

/** When rows allow, and when they deny. */
export interface Terms {
  /** One of these has to be true. */
  readonly allow: readonly Clause[];
  /** None of these may be true or unknown. */
  readonly deny: readonly Clause[];
}

export const NEVER: Terms = { allow: [], deny: [] };
export const ALWAYS: Terms = { allow: [[]], deny: [] };

/** What the rows of somebody come to in one case. */
export interface Verdict {
  readonly allow: boolean;
  readonly deny: boolean;
}

/** The terms of somebody who holds the subjects of all of these. */
export function together(...all: readonly Terms[]): Terms {
  return { allow: all.flatMap(({ allow }) => allow), deny: all.flatMap(({ deny }) => deny) };
}

/** Whether there is a request that is allowed. */
export function canOpen(terms: Terms): boolean {
  return some([terms], ([verdict]) => verdict !== undefined && opens(verdict));
}

export function opens({ allow, deny }: Verdict): boolean {
  return allow && !deny;
}

/** Every way in which comparisons can come out, three values each, is tried up to this many. */
const MAX_COMPARISONS = 7;

/**
 * Whether there is a request for which the verdicts are like that. So many comparisons that they cannot all be tried
 * are nobody's policy, and the answer is yes: whoever has them is told to look.
 */
export function some(all: readonly Terms[], wanted: (verdicts: readonly Verdict[]) => boolean): boolean {
  const clauses = all.flatMap(({ allow, deny }) => [...allow, ...deny]);
  const compared = new Map(clauses.flat().map((one) => [nameOf(one), one]));
  if (compared.size > MAX_COMPARISONS) return true;
  const names = [...compared.keys()];
  for (let number = 0; number < 3 ** names.length; number += 1) {
    const outcome = outcomeAt(number, names);
    if (names.length > 1 && !isPossible(outcome, compared)) continue;
    if (wanted(all.map((terms) => verdictOf(terms, outcome)))) return true;
  }
  return false;
}

type Value = "equal" | "different" | "unknown";
const VALUES: readonly Value[] = ["equal", "different", "unknown"];

/** What each comparison comes to. */
type Outcome = ReadonlyMap<string, Value>;

const nameOf = ({ place, claim }: Comparison) => `${place} ${claim}`;

function outcomeAt(number: number, names: readonly string[]): Outcome {
  return new Map(
    names.map((name, index) => [name, VALUES[Math.floor(number / 3 ** index) % 3] ?? "unknown"]),
  );
}

/**
 * Whether a request can have it so: a claim is missing for all of its comparisons or for none, and what is equal to the
 * same value is equal.
 */
function isPossible(outcome: Outcome, compared: ReadonlyMap<string, Comparison>): boolean {
  const known = new Map<string, boolean>();
  const same = new Map<string, string>();
  const find = (one: string): string => {
    const next = same.get(one);
    return next === undefined ? one : find(next);
  };
  for (const [name, { place, claim }] of compared) {
    const value = outcome.get(name);
    if ((known.get(claim) ?? value !== "unknown") !== (value !== "unknown")) return false;
    known.set(claim, value !== "unknown");
    const [a, b] = [find(`place ${place}`), find(`claim ${claim}`)];
    if (value === "equal" && a !== b) same.set(a, b);
  }
  const places = [...new Set([...compared.values()].map(({ place }) => place))];
  const isOneValue = (one: string, other: string) => find(`place ${one}`) === find(`place ${other}`);
  if (places.some((one) => places.some((other) => isPartOf(one, other) && isOneValue(one, other)))) {
    return false;
  }
  return [...compared].every(
    ([name, { place, claim }]) =>
      outcome.get(name) !== "different" || find(`place ${place}`) !== find(`claim ${claim}`),
  );
}

/** Whether a place is in the rest of the path that another one is: it is shorter then, and never the same text. */
function isPartOf(one: string, rest: string): boolean {
  return one !== rest && /^\d+\+$/.test(rest) && Number.parseInt(one, 10) >= Number.parseInt(rest, 10);
}

function verdictOf({ allow, deny }: Terms, outcome: Outcome): Verdict {
  return {
    allow: allow.some((clause) => clause.every((one) => truthOf(one, outcome) === true)),
    deny: deny.some((clause) => clause.every((one) => truthOf(one, outcome) !== false)),
  };
}

/** Undefined is unknown. */
function truthOf(one: Comparison, outcome: Outcome): boolean | undefined {
  const value = outcome.get(nameOf(one));
  return value === "unknown" || value === undefined ? undefined : (value === "equal") !== one.negated;
}
