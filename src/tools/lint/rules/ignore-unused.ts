import type { Rule } from "../rule.ts";

/**
 * A comment that switches off what nobody finds. What it is about is known only after all other rules, so the linter
 * itself reports it (ignored-findings.ts).
 */
export const ignoreUnused: Rule = {
  id: "ignore-unused",
  category: "structure",
  severity: "warning",
  summary: "a comment `claimgate-ignore` that hides no finding",
  check: () => [],
};
