import type { ClaimAtom } from "../../../policy/condition.ts";
import { likelyFix } from "../../../policy/finding.ts";
import { NEVER_TEXT_CLAIMS, TEXT_CLAIMS } from "../../access/access-token-claims.ts";
import { knowsCopiedClaims, likelyOperands } from "../conditions/claims.ts";
import { atClaims, type PlacedAtom } from "../conditions/comparisons.ts";
import { likelyNames } from "../names/likely-names.ts";
import { factsOf } from "../policy-facts.ts";
import type { LintSubject, Problem, Rule } from "../rule.ts";

/** A condition compares with a name that is probably a literal without its quotes. */
export const conditionUnquoted: Rule = {
  id: "condition-unquoted",
  category: "values",
  severity: "warning",
  summary: "a condition compares with an unquoted name that is not a known claim",
  check,
};

function* check(subject: LintSubject): Iterable<Problem> {
  // Then the claims are known, and condition-claim reports the others.
  if (knowsCopiedClaims(subject.service)) return;
  const unknown = factsOf(subject.rows)
    .permissionRows.flatMap(atClaims)
    .filter(({ atom: { claim } }) => !TEXT_CLAIMS.has(claim) && !NEVER_TEXT_CLAIMS.has(claim));
  if (unknown.length === 0) return;
  const tested = subject.testedClaims?.() ?? new Set<string>();
  const likely = likelyNames(subject);
  for (const placed of unknown) {
    const { claim } = placed.atom;
    if (tested.has(claim)) continue;
    yield {
      ...placed.operandPlace,
      message: `\`${claim}\` without quotes is a claim, and neither Cognito nor a test of the policy has one of that name`,
      ...likelyFix(
        likelyOperands(placed, likely, [...TEXT_CLAIMS, ...tested]),
        guideTo(placed),
        " Else name the claim in a test",
      ),
    };
  }
}

function guideTo({ atom: { claim } }: PlacedAtom<ClaimAtom>): string {
  return `if a trigger adds the claim, name it in a test: \`claims: { ${claim}: ... }\``;
}
