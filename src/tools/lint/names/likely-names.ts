import { nearest } from "../../../policy/suggestion.ts";
import type { LintSubject } from "../rule.ts";

/** How many comparisons the search for likely names may cost in all: about a second. */
const MOST_COMPARISONS = 100_000;

/** Suggests the name that was probably meant. */
export interface LikelyNames {
  /** The candidate of which the string is clearly a misspelling. */
  readonly name: (text: string, candidates: readonly string[]) => string | undefined;
  /** The same among subjects of one prefix. */
  readonly subject: (subject: string, candidates: readonly string[]) => string | undefined;
}

/**
 * Likely names for the findings of one run of a rule. If thousands of names of a policy are wrong, only the first
 * findings get suggestions, since each search looks at all names.
 */
export function likelyNames({ withoutSuggestions }: Pick<LintSubject, "withoutSuggestions">): LikelyNames {
  let left = withoutSuggestions === true ? 0 : MOST_COMPARISONS;
  const name = (text: string, candidates: readonly string[]) => {
    left -= candidates.length;
    return left < 0 ? undefined : nearest(text, candidates);
  };
  return {
    name,
    subject(subject, candidates) {
      if (left <= 0) return undefined;
      const prefix = subject.slice(0, subject.indexOf(":") + 1);
      return name(
        subject,
        candidates.filter((candidate) => candidate.startsWith(prefix)),
      );
    },
  };
}
