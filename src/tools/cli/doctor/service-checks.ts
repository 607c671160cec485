import type { Finding } from "../../../policy/finding.ts";
import { type Check, checksOn } from "../../deployment/check.ts";
import type { PolicyReport } from "../../machine/lint-directory.ts";
import type { TemplateFinding } from "../../template-checks/check.ts";

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

function findingCheck(status: "fail" | "warn", { file, line, column, message, fix, rule }: Finding): Check {
  return checksOn("service", `${file}:${line}:${column}`).wrong(status, "policy", {
    message: `${message} [${rule}]`,
    fix: fix ?? `see docs/rules/${rule}.md`,
  });
}

/** The packaged template, by the checks that docs/template-checks.md lists. */
export function templateChecks(findings: readonly TemplateFinding[]): Check[] {
  if (findings.length === 0)
    return [checksOn("service").ok("template", "nothing is wrong with the packaged template")];
  return findings.map(({ check, resource, property, message, fix }) =>
    checksOn("service", property === "" ? resource : `${resource}.${property}`).wrong("fail", "template", {
      message: `${message} (${check})`,
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
