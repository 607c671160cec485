import type { Finding } from "../finding.ts";

/** GitHub keeps 50 annotations per job, and 10 of each kind per step (docs.github.com, Checks API limits). */
export const GITHUB_ANNOTATIONS = 50;

/** In their order if all fit; otherwise errors come first, so that a warning does not displace an error. */
export function worstFirst(findings: readonly Finding[]): readonly Finding[] {
  if (findings.length <= GITHUB_ANNOTATIONS) return findings;
  const rank = { error: 0, warning: 1, info: 2 } as const;
  return findings.toSorted((a, b) => rank[a.severity] - rank[b.severity]);
}
