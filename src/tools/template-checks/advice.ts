import type { Finding } from "../findings/finding.ts";
import type { FindingReport } from "../findings/report.ts";
import { mentionsMarker } from "./checks/client-writes.ts";

/** What a service may have decided before it adopted claimgate, and what claimgate promises without. */
const ADVICE: ReadonlySet<string> = new Set([
  "callback-url",
  "client-flows",
  "client-secret",
  "client-writes",
  "iam-breadth",
  "implicit-flow",
  "log-retention",
  "pool-case-sensitive",
  "pool-not-kept",
  "pool-sign-in-options",
]);

/**
 * The report for a service with resources of its own: what does not break a promise of claimgate is a warning. Routes,
 * authorizers, caches, triggers and the marker stay errors.
 */
export function forAdoptedService(report: FindingReport): FindingReport {
  return { ...report, findings: report.findings.map(milder) };
}

function milder(finding: Finding): Finding {
  const isAdvice = ADVICE.has(finding.id) && !mentionsMarker(finding.message);
  return isAdvice ? { ...finding, severity: "warning" } : finding;
}
