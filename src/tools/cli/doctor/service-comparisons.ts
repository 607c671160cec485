import type { PolicyReport } from "../../checking/lint-directory.ts";
import { type Comparison, comparisonsOn } from "../../deployment/comparison.ts";
import { type Finding, findingAt } from "../../findings/finding.ts";
import { printPlace } from "../../findings/place.ts";
import type { FindingReport } from "../../findings/report.ts";
import { switchName } from "../../findings/switched.ts";
import { refusalsIn } from "../../stack/refusals.ts";

/** The policy, as packaging would lint it. */
export function policyComparisons({ errors, warnings, switchedOff }: PolicyReport): Comparison[] {
  const off = switchedOff.length === 0 ? "" : `; ${switchedOff.join("; ")}`;
  const findings = [
    ...errors.map((one) => findingAt({ ...one, severity: "error" })),
    ...warnings.map((one) => findingAt({ ...one, severity: "warning" })),
  ];
  return found(findings, "policy", `the policy has no errors and no warnings${off}`);
}

/** The packaged template, checked by src/tools/template-checks. */
export function templateComparisons({ findings, switchedOff, ignored }: FindingReport): Comparison[] {
  const off = [
    ...switchedOff.map((one) => `; ${switchName(one)} is switched off (hides ${one.hidden}): ${one.reason}`),
    ...ignored.map(
      ({ id, place, reason }) => `; ${printPlace(place)}: ${id} is switched off here: ${reason}`,
    ),
  ];
  return found(findings, "template", `the packaged template has no findings${off.join("")}`);
}

function found(findings: readonly Finding[], what: string, good: string): Comparison[] {
  if (findings.length === 0) return [{ area: "service", id: what, subject: "", status: "ok", message: good }];
  return findings.map(({ id, severity, place, message, fix = `see docs/rules/${id}.md` }) => ({
    area: "service",
    id,
    subject: printPlace(place),
    status: severity === "error" ? "fail" : "warn",
    message,
    fix,
    place,
  }));
}

/** What the framework reported on a failure: the findings of claimgate, otherwise its message. */
export function refusedComparisons(error: Error): Comparison[] {
  const refused = refusalsIn(error.message);
  if (refused.length > 0) return found(refused, "service", "");
  return [
    comparisonsOn("service").wrong("fail", "service-refused", {
      message: error.message,
      fix: "fix the reported problem and run it again",
    }),
  ];
}
