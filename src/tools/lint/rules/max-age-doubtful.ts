import type { AgeAtom } from "../../../policy/condition.ts";
import { likelyFix } from "../../../policy/finding.ts";
import type { Effect } from "../../../policy/row.ts";
import { atAges, type PlacedAtom } from "../conditions/comparisons.ts";
import { comparisonWith } from "../fixes/edits.ts";
import { factsOf } from "../policy-facts.ts";
import type { LintSubject, Problem, Rule } from "../rule.ts";

/** A condition on the age of a sign-in that is probably reversed, or in another unit. */
export const maxAgeDoubtful: Rule = {
  id: "max-age-doubtful",
  category: "values",
  severity: "warning",
  summary: "a condition on the age of a sign-in is reversed, or not in seconds",
  check,
};

/** Less than a person needs to sign in and act. */
const LEAST = 30;
/** Longer than any refresh token by default: 30 days, in seconds. */
const MOST = 2_592_000;

function* check({ rows }: LintSubject): Iterable<Problem> {
  for (const row of factsOf(rows).permissionRows) {
    for (const placed of atAges(row)) {
      const problem = reversed(placed, row.effect) ?? unlikely(placed);
      if (problem !== undefined) yield { ...placed.place, ...problem };
    }
  }
}

function reversed(placed: PlacedAtom<AgeAtom>, effect: Effect) {
  const { maxAge, negated } = placed.atom;
  if (negated === (effect === "deny")) return undefined;
  const meant = `max_age${negated ? "=" : "!="}${maxAge}`;
  return {
    message:
      effect === "allow"
        ? `the row allows only users who signed in more than ${maxAge} s ago`
        : `the row denies users who signed in within the last ${maxAge} s`,
    ...likelyFix(
      [{ meant, edits: [comparisonWith(placed, { maxAge, negated: !negated })] }],
      `write \`${meant}\``,
    ),
  };
}

function unlikely({ atom: { maxAge } }: PlacedAtom<AgeAtom>) {
  if (maxAge < LEAST) {
    return {
      message: `${maxAge} s pass before a user who signs in can act`,
      fix: "write seconds: five minutes are `max_age=300`",
    };
  }
  if (maxAge <= MOST) return undefined;
  return {
    message: `${maxAge} s are more than 30 days, so hardly any sign-in is older`,
    fix: "write seconds: five minutes are `max_age=300`",
  };
}
