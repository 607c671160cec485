import type { Rule } from "../rule.ts";

/**
 * A comment that hides no finding. This is known only after all other rules have run, so the linter itself reports it
 * (ignored-findings.ts).
 */
export const ignoreUnused: Rule = {
  id: "ignore-unused",
  category: "structure",
  severity: "warning",
  summary: "a comment `claimgate-ignore` that hides no finding",
  check: () => [],
};
