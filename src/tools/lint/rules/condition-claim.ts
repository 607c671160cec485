import type { ClaimAtom } from "../../../policy/condition.ts";
import { type LikelyFix, likelyFix } from "../../../policy/finding.ts";
import { NEVER_TEXT_CLAIMS, TEXT_CLAIMS } from "../../access/access-token-claims.ts";
import type { Service } from "../../service/service.ts";
import { knowsCopiedClaims, likelyOperands } from "../conditions/claims.ts";
import { atClaims, type PlacedAtom } from "../conditions/comparisons.ts";
import { type LikelyNames, likelyNames } from "../names/likely-names.ts";
import { factsOf } from "../policy-facts.ts";
import type { LintSubject, Problem, Rule } from "../rule.ts";

/** A condition compares a claim that no access token has as a string. */
export const conditionClaim: Rule = {
  id: "condition-claim",
  category: "values",
  severity: "error",
  summary: "a condition names a claim that access tokens lack, or that is not a string",
  check,
};

function* check(subject: LintSubject): Iterable<Problem> {
  const likely = likelyNames(subject);
  for (const row of factsOf(subject.rows).permissionRows) {
    for (const placed of atClaims(row)) {
      const wrong = wrongClaim(placed, subject.service, likely);
      if (wrong !== undefined) yield { ...placed.operandPlace, ...wrong };
    }
  }
}

function wrongClaim(
  placed: PlacedAtom<ClaimAtom>,
  service: Service | undefined,
  likely: LikelyNames,
): ({ readonly message: string } & LikelyFix) | undefined {
  const { claim } = placed.atom;
  if (NEVER_TEXT_CLAIMS.has(claim)) {
    const list = claim === "cognito:groups" || claim === "roles";
    const message = `the claim \`${claim}\` is never a string, so the comparison is never true`;
    return list
      ? { message, fix: "name a group or a role in the first column, as `group:NAME` or `role:NAME`" }
      : { message, fix: "compare with a claim that is a string, such as `sub`" };
  }
  if (TEXT_CLAIMS.has(claim) || !knowsCopiedClaims(service)) return undefined;
  if (service.copiedClaims.has(claim)) return undefined;
  return {
    message: `access tokens have no claim \`${claim}\`, so the comparison is never true`,
    ...likelyFix(
      likelyOperands(placed, likely, [...TEXT_CLAIMS, ...service.copiedClaims.keys()]),
      `copy it from a user attribute: add it to \`copiedClaims\` in ${service.file}`,
    ),
  };
}
