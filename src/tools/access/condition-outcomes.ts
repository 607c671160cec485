/** One comparison of a condition. */
export type Comparison = PathComparison | AgeComparison;

/** Of the age of the sign-in. */
interface AgeComparison {
  readonly place?: undefined;
  /** Seconds. */
  readonly maxAge: number;
  readonly negated: boolean;
}

/** Of a value of the path with a claim or a literal. */
interface PathComparison {
  readonly maxAge?: undefined;
  /**
   * The place of the value: the same place in two routes is the same value, regardless of its name. A quoted literal
   * where the value is known. See {@link argumentPlace} for the arguments of tools.
   */
  readonly place: string;
  /** A claim, or a quoted literal. */
  readonly operand: string;
  readonly negated: boolean;
}

/** A conjunction of comparisons; an empty one is true. */
export type Clause = readonly Comparison[];

/** When rows allow, and when they deny. */
export interface Terms {
  /** One of these must be true. */
  readonly allow: readonly Clause[];
  /** None of these may be true or unknown. */
  readonly deny: readonly Clause[];
}

export const NEVER: Terms = { allow: [], deny: [] };
export const ALWAYS: Terms = { allow: [[]], deny: [] };

/** The result of a subject's rows in one case. */
export interface Verdict {
  readonly allow: boolean;
  readonly deny: boolean;
}

/** The terms of a holder of all these subjects. */
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

/** Up to this many comparisons, every combination of their three values is tried. */
const MAX_COMPARISONS = 7;

/**
 * Whether there is a request with these verdicts. With too many comparisons to try all combinations, the answer is yes,
 * so that the difference is reported.
 *
 * @param isReachable whether a request can have these literals at the places of its parameters; all by default
 */
export function some(
  all: readonly Terms[],
  wanted: (verdicts: readonly Verdict[]) => boolean,
  isReachable: (literals: ReadonlyMap<string, string>) => boolean = () => true,
): boolean {
  const clauses = all.flatMap(({ allow, deny }) => [...allow, ...deny]);
  const compared = new Map(clauses.flat().map((one) => [nameOf(one), one]));
  if (compared.size > MAX_COMPARISONS) return true;
  const names = [...compared.keys()];
  for (let number = 0; number < 3 ** names.length; number += 1) {
    const outcome = outcomeAt(number, names);
    const literals = literalsIfPossible(outcome, compared);
    if (literals === undefined) continue;
    if (wanted(all.map((terms) => verdictOf(terms, outcome))) && isReachable(literals)) return true;
  }
  return false;
}

type Value = "equal" | "different" | "unknown";
const VALUES: readonly Value[] = ["equal", "different", "unknown"];

/** The value of each comparison. */
type Outcome = ReadonlyMap<string, Value>;

function nameOf(one: Comparison): string {
  return one.maxAge === undefined ? `${one.place} ${one.operand}` : `max_age ${one.maxAge}`;
}

const ARGUMENT = "argument ";

/** The place of an argument of a tool, which a call may leave out. */
export function argumentPlace(name: string): string {
  return `${ARGUMENT}${name}`;
}

/** The name of the argument at a place; undefined for a place in a path. */
export function argumentAt(place: string): string | undefined {
  return place.startsWith(ARGUMENT) ? place.slice(ARGUMENT.length) : undefined;
}

const isQuoted = (text: string) => /^'[^']*'$/.test(text);
const valueAt = (place: string) => (isQuoted(place) ? place : `place ${place}`);
const valueFrom = (operand: string) => (isQuoted(operand) ? operand : `claim ${operand}`);

function outcomeAt(number: number, names: readonly string[]): Outcome {
  return new Map(
    names.map((name, index) => [name, VALUES[Math.floor(number / 3 ** index) % 3] ?? "unknown"]),
  );
}

/** The value of each place that has that of a literal. */
type Literals = ReadonlyMap<string, string>;

/**
 * Which literals a request with these values has; undefined if there can be none. What is recent by one age is recent
 * by every greater one: an age is `equal` if the sign-in is recent enough.
 */
function literalsIfPossible(
  outcome: Outcome,
  compared: ReadonlyMap<string, Comparison>,
): Literals | undefined {
  const paths = new Map<string, PathComparison>();
  const ages: { readonly maxAge: number; readonly value: Value | undefined }[] = [];
  for (const [name, one] of compared) {
    if (one.maxAge === undefined) paths.set(name, one);
    else ages.push({ maxAge: one.maxAge, value: outcome.get(name) });
  }
  return areAgesPossible(ages) ? literalsOnPath(outcome, paths) : undefined;
}

function areAgesPossible(
  ages: readonly { readonly maxAge: number; readonly value: Value | undefined }[],
): boolean {
  const sorted = [...ages].sort((a, b) => a.maxAge - b.maxAge).map(({ value }) => value);
  if (sorted.includes("unknown")) return sorted.every((value) => value === "unknown");
  const first = sorted.indexOf("equal");
  return first < 0 || sorted.slice(first).every((value) => value === "equal");
}

/**
 * The same for what the path compares: a claim and an argument are missing in all of their comparisons or in none, a
 * literal and a part of the path in none, and values equal to the same value are equal.
 */
function literalsOnPath(
  outcome: Outcome,
  compared: ReadonlyMap<string, PathComparison>,
): Literals | undefined {
  const known = new Set<string>();
  for (const [name, { place, operand }] of compared) {
    if (outcome.get(name) !== "unknown") known.add(valueAt(place)).add(valueFrom(operand));
  }
  const same = new Map<string, string>();
  const find = (one: string): string => {
    const next = same.get(one);
    return next === undefined ? one : find(next);
  };
  for (const [name, { place, operand }] of compared) {
    const value = outcome.get(name);
    if (value === "unknown" && !mayBeUnknown({ place, operand }, known)) return undefined;
    const [a, b] = [find(valueAt(place)), find(valueFrom(operand))];
    if (value !== "equal" || a === b) continue;
    if (isQuoted(a) && isQuoted(b)) return undefined;
    // A literal stays the last one, so that two of them are never the same.
    if (isQuoted(a)) same.set(b, a);
    else same.set(a, b);
  }
  const places = [...new Set([...compared.values()].map(({ place }) => place))];
  const isOneValue = (one: string, other: string) => find(valueAt(one)) === find(valueAt(other));
  if (places.some((one) => places.some((other) => isPartOf(one, other) && isOneValue(one, other)))) {
    return undefined;
  }
  const areDifferent = [...compared].every(
    ([name, { place, operand }]) =>
      outcome.get(name) !== "different" || find(valueAt(place)) !== find(valueFrom(operand)),
  );
  if (!areDifferent) return undefined;
  const valued = places
    .filter((place) => !isQuoted(place))
    .map((place) => [place, find(valueAt(place))] as const);
  return new Map(
    valued.filter(([, value]) => isQuoted(value)).map(([place, value]) => [place, value.slice(1, -1)]),
  );
}

/** Whether one side can be missing, given the values that are not. */
function mayBeUnknown(
  { place, operand }: Pick<PathComparison, "place" | "operand">,
  known: ReadonlySet<string>,
): boolean {
  return (
    (!isQuoted(operand) && !known.has(valueFrom(operand))) ||
    (place.startsWith(ARGUMENT) && !known.has(valueAt(place)))
  );
}

/** Whether a place lies in the rest of the path of another: it is then shorter, and never the same string. */
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
