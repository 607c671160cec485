import type { Finding } from "../finding.ts";

/** GitHub keeps 50 annotations of a job, 10 of each kind of a step (docs.github.com, Checks API limits). */
export const GITHUB_ANNOTATIONS = 50;

/** In their order where all fit; else a warning must not displace an error. */
export function worstFirst(findings: readonly Finding[]): readonly Finding[] {
  if (findings.length <= GITHUB_ANNOTATIONS) return findings;
  const rank = { error: 0, warning: 1, info: 2 } as const;
  return findings.toSorted((a, b) => rank[a.severity] - rank[b.severity]);
}
