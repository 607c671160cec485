import { nearest } from "../policy/suggestion.ts";

/** Comparisons that looking for a likely name may cost in all: about a second. */
const MOST_COMPARISONS = 100_000;

/** What somebody probably meant. */
export interface Suggestions {
  /** The candidate that is so near that it was probably meant. */
  readonly name: (text: string, candidates: readonly string[]) => string | undefined;
  /** The same among subjects of one prefix. */
  readonly subject: (subject: string, candidates: readonly string[]) => string | undefined;
}

/**
 * Suggestions for the findings of one run of a rule. A policy in which thousands of names are wrong gets them for
 * the first findings only: each one looks at all names.
 */
export function createSuggestions(): Suggestions {
  let left = MOST_COMPARISONS;
  const name = (text: string, candidates: readonly string[]) => {
    left -= candidates.length;
    return left < 0 ? undefined : nearest(text, candidates);
  };
  return {
    name,
    subject(subject, candidates) {
      if (left <= 0) return undefined;
      const prefix = subject.slice(0, subject.indexOf(":") + 1);
      // Without the prefix: it would count as letters in common.
      const names = candidates.flatMap((candidate) =>
        candidate.startsWith(prefix) ? [candidate.slice(prefix.length)] : [],
      );
      const meant = name(subject.slice(prefix.length), names);
      return meant === undefined ? undefined : `${prefix}${meant}`;
    },
  };
}
