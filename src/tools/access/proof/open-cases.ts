import type { App } from "../../../policy/app.ts";
import { AUTHENTICATED, type Subject } from "../../../policy/subject.ts";
import { hasBraces } from "../../../policy/tenant-group.ts";
import type { AppCase } from "../app-cases.ts";
import { type Terms, together } from "../condition-outcomes.ts";
import { fitOneToken, KINDS, type Kind } from "../holding.ts";
import { gains, type Holder } from "../term-changes.ts";
import type { Question } from "./asked-question.ts";
import type { Direction } from "./witness.ts";

/** A subject of a token, and when it is allowed in each policy. */
interface Standing {
  /** Empty for a token with no subject but the role of its kind. */
  readonly subjects: readonly Subject[];
  readonly terms: readonly [before: Terms, after: Terms];
  readonly isChanged: boolean;
}

/** A question whose answer may differ for tokens of one kind and one app. */
export interface OpenCase {
  readonly question: Question;
  readonly kind: Kind;
  readonly app: App | undefined;
  readonly standings: readonly Standing[];
}

/** The most subjects besides the role of the kind that a token needs to show a difference. */
export const MOST_SUBJECTS = 2;

/** A token of up to {@link MOST_SUBJECTS} subjects that may show a difference. */
export interface Candidate {
  readonly subjects: readonly Subject[];
  readonly terms: readonly [before: Terms, after: Terms];
  readonly directions: readonly Direction[];
}

/**
 * The cases in which some subject is answered by other terms. Elsewhere both policies have the same rows for every
 * token.
 */
export function* openCases(
  question: Question,
  holders: readonly Holder[],
  cases: readonly AppCase[],
): Generator<OpenCase, undefined> {
  for (const kind of KINDS) {
    const ofKind = holders.filter((holder) => holder.kind === kind);
    // A machine ignores apps.
    const apps = kind === AUTHENTICATED && cases.length > 0 ? cases.map(({ app }) => app) : [undefined];
    for (const app of apps) {
      const standings = standingsOf(ofKind, (holder) => question.terms(holder, app));
      if (standings.some(({ isChanged }) => isChanged)) yield { question, kind, app, standings };
    }
  }
  return undefined;
}

/** One subject for all that have the same terms. A user is not one of many: its `sub` is known. */
function standingsOf(holders: readonly Holder[], termsOf: (holder: Holder) => Standing["terms"]) {
  const found = new Map<string, Standing>();
  let ofKind = "";
  for (const { subject, kind, ...holder } of holders) {
    const terms = termsOf({ subject, kind, ...holder });
    const [before, after] = terms.map((one) => JSON.stringify(one));
    const spelled = `${before}\n${after}`;
    if (subject === kind) ofKind = spelled;
    // A subject that adds nothing to what every token of the kind has.
    else if (spelled === ofKind) continue;
    const key = subject.startsWith("user:") ? `${subject}\n${spelled}` : spelled;
    if (found.has(key)) continue;
    found.set(key, { subjects: subject === kind ? [] : [subject], terms, isChanged: before !== after });
  }
  return [...found.values()];
}

/**
 * The tokens of a case with so many subjects that may show a difference. Enough, since allow rows and deny rows are
 * monotone in subjects: of a token that one policy allows and the other does not, keep a subject whose row allows and
 * one whose row denies.
 */
export function* candidatesOf(
  { standings }: OpenCase,
  size: number,
  wanted: readonly Direction[],
): Generator<Candidate, undefined> {
  for (const [index, one] of standings.entries()) {
    if (size < MOST_SUBJECTS) {
      if (one.subjects.length === size && one.isChanged) yield* candidate(one.subjects, [one], wanted);
      continue;
    }
    // A token can have the same group of two tenants, so a group of any one is also beside itself.
    const others = standings.slice(one.subjects.some(hasBraces) ? index : index + 1);
    for (const other of others) {
      const subjects = [...one.subjects, ...other.subjects];
      const [a, b] = subjects;
      if (a === undefined || b === undefined || !fitOneToken(a, b)) continue;
      if (one.isChanged || other.isChanged) yield* candidate(subjects, [one, other], wanted);
    }
  }
  return undefined;
}

function* candidate(
  subjects: readonly Subject[],
  held: readonly Standing[],
  wanted: readonly Direction[],
): Generator<Candidate, undefined> {
  const before = together(...held.map(({ terms }) => terms[0]));
  const after = together(...held.map(({ terms }) => terms[1]));
  const directions = wanted.filter((direction) =>
    direction === "wider" ? gains(before, after) : gains(after, before),
  );
  if (directions.length > 0) yield { subjects, terms: [before, after], directions };
  return undefined;
}
