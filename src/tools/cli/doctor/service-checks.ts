import type { Finding as PolicyFinding } from "../../../policy/finding.ts";
import { type Check, checksOn } from "../../deployment/check.ts";
import type { Finding } from "../../findings/finding.ts";
import { printPlace } from "../../findings/place.ts";
import type { PolicyReport } from "../../machine/lint-directory.ts";

/** The policy, as packaging would lint it. */
export function policyChecks({ errors, warnings, switchedOff }: PolicyReport): Check[] {
  const off = switchedOff.length === 0 ? "" : `; ${switchedOff.join("; ")}`;
  if (errors.length + warnings.length === 0) {
    return [checksOn("service").ok("policy", `the policy has no errors and no warnings${off}`)];
  }
  return [
    ...errors.map((one) => findingCheck("fail", one)),
    ...warnings.map((one) => findingCheck("warn", one)),
  ];
}

function findingCheck(
  status: "fail" | "warn",
  { file, line, column, message, fix, rule }: PolicyFinding,
): Check {
  return checksOn("service", `${file}:${line}:${column}`).wrong(status, "policy", {
    message: `${message} [${rule}]`,
    fix: fix ?? `see docs/rules/${rule}.md`,
  });
}

/** The packaged template, by the checks of src/tools/template-checks. */
export function templateChecks(findings: readonly Finding[]): Check[] {
  if (findings.length === 0)
    return [checksOn("service").ok("template", "nothing is wrong with the packaged template")];
  return findings.map(({ id, severity, place, message, fix = `see docs/rules/${id}.md` }) =>
    checksOn("service", printPlace(place)).wrong(severity === "error" ? "fail" : "warn", "template", {
      message: `${message} [${id}]`,
      fix,
    }),
  );
}

/** What the framework said where it could not do it; its first line is the message. */
export function refusedCheck(name: "serverless-yml" | "package", error: Error): Check {
  return checksOn("service").wrong("fail", name, {
    message: error.message,
    fix: "mend what it names, and look again",
  });
}
