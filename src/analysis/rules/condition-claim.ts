import { nearest } from "../../policy/suggestion.ts";
import { atAtoms } from "../atoms.ts";
import { NEVER_TEXT_CLAIMS, TEXT_CLAIMS } from "../claims.ts";
import { factsOf } from "../facts.ts";
import type { LintSubject, Problem, Rule } from "../rule.ts";
import type { Service } from "../service.ts";

/** A condition compares a claim that no access token has as a string. */
export const conditionClaim: Rule = {
  name: "condition-claim",
  category: "values",
  severity: "error",
  summary: "a condition names a claim that access tokens do not have, or not as a string",
  check,
};

function* check({ rows, service }: LintSubject): Iterable<Problem> {
  for (const row of factsOf(rows).permissionRows) {
    for (const { atom, claimPlace } of atAtoms(row)) {
      const wrong = wrongClaim(atom.claim, service);
      if (wrong !== undefined) yield { ...claimPlace, ...wrong };
    }
  }
}

function wrongClaim(
  claim: string,
  service: Service | undefined,
): Pick<Problem, "message" | "fix"> | undefined {
  if (NEVER_TEXT_CLAIMS.has(claim)) {
    const list = claim === "cognito:groups" || claim === "roles";
    const message = `the claim \`${claim}\` is never a string, so the comparison is never true`;
    return list
      ? { message, fix: "ask for a group or a role in the first column, as `group:NAME` or `role:NAME`" }
      : { message, fix: "compare with a claim that is a string, such as `sub`" };
  }
  if (TEXT_CLAIMS.has(claim) || service === undefined || !knowsCopiedClaims(service)) return undefined;
  if (service.copiedClaims.has(claim)) return undefined;
  const meant = nearest(claim, [...TEXT_CLAIMS, ...service.copiedClaims.keys()]);
  return {
    message: `access tokens have no claim \`${claim}\`, so the comparison is never true`,
    fix:
      meant === undefined
        ? `copy it from a user attribute: add it to \`copiedClaims\` in ${service.file}`
        : `did you mean \`${meant}\`?`,
  };
}

/** A user pool of another stack has its trigger there, and nobody here knows what that copies. */
function knowsCopiedClaims({ copiedClaims, groups }: Service): boolean {
  return copiedClaims.size > 0 || groups !== undefined;
}
