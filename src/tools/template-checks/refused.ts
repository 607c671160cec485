import type { Template } from "../cloudformation/template.ts";
import type { Finding, ResourceFinding } from "../findings/finding.ts";
import type { Switches } from "../findings/switched.ts";
import { findingsOf } from "./check-template.ts";
import { accessTokenUnchanged } from "./checks/access-token-unchanged.ts";
import { clientNeeds } from "./checks/client-needs.ts";
import { markerPerhapsWritable, markerWritable } from "./checks/client-writes.ts";
import { directoryAttributeWritable } from "./checks/directory-attribute-writable.ts";
import { environmentSize } from "./checks/environment-size.ts";
import { markerMissing } from "./checks/marker-missing.ts";
import { missingPermission } from "./checks/missing-permission.ts";
import { plainSecret } from "./checks/plain-secret.ts";
import { poolMfa } from "./checks/pool-mfa.ts";
import { poolPassword } from "./checks/pool-password.ts";
import { providerSetting } from "./checks/provider-setting.ts";
import { quotaExceeded } from "./checks/quota-exceeded.ts";
import { refreshRotation } from "./checks/refresh-rotation.ts";
import { tokenPlace } from "./checks/token-place.ts";
import { tokenValidity } from "./checks/token-validity.ts";
import { triggerNotWired } from "./checks/trigger-not-wired.ts";
import { isIgnoredIn } from "./ignored-resources.ts";
import type { TemplateCheck } from "./template-check.ts";

/** What AWS would refuse during a deployment, or what would look right and be wrong. */
const REFUSED = [
  { checks: [quotaExceeded], code: "CLAIMGATE_STACK_TOO_LARGE" },
  { checks: [environmentSize], code: "CLAIMGATE_ENVIRONMENT_TOO_LARGE" },
  {
    checks: [
      poolMfa,
      poolPassword,
      tokenValidity,
      refreshRotation,
      clientNeeds,
      plainSecret,
      providerSetting,
      tokenPlace,
      triggerNotWired,
      accessTokenUnchanged,
      markerMissing,
      markerWritable,
      directoryAttributeWritable,
      missingPermission,
    ],
    code: "CLAIMGATE_STACK_INVALID",
  },
] as const;

/** What the resources of a service alone show: the rest of a template neither causes nor resolves these. */
const BEFORE_BUILD: readonly TemplateCheck[] = [
  poolMfa,
  poolPassword,
  tokenValidity,
  refreshRotation,
  clientNeeds,
  providerSetting,
  triggerNotWired,
  accessTokenUnchanged,
  markerMissing,
  markerWritable,
  directoryAttributeWritable,
];

/** What may be wrong, and does not stop packaging. */
const WARNED: readonly TemplateCheck[] = [markerPerhapsWritable];

/** Each of these reads only the template. */
const NO_CONTEXT = { publicRoutes: new Set<string>(), keepsUsers: false };

/** Why a template is not packaged: the first group with findings. Undefined if there is none. */
export function refusalOf(
  template: Template,
  switches: Switches,
): { readonly findings: readonly Finding[]; readonly code: string } | undefined {
  for (const { checks, code } of REFUSED) {
    const findings = refusedBy(checks, template, switches);
    if (findings.length > 0) return { findings, code };
  }
  return undefined;
}

/**
 * What packaging would refuse of a template that has no functions but the declared triggers yet.
 *
 * @param template the resources of a service, with its triggers wired
 */
export function refusedBeforeBuild(template: Template, switches: Switches): readonly ResourceFinding[] {
  return refusedBy(BEFORE_BUILD, template, switches);
}

/** What packaging only warns of; before the build the same. */
export function warnedOf(template: Template, switches: Switches): readonly ResourceFinding[] {
  return refusedBy(WARNED, template, switches).map((finding) => ({ ...finding, severity: "warning" }));
}

function refusedBy(
  checks: readonly TemplateCheck[],
  template: Template,
  switches: Switches,
): readonly ResourceFinding[] {
  const isIgnored = isIgnoredIn(template);
  return checks
    .flatMap((check) => findingsOf(check, template, NO_CONTEXT))
    .filter((finding) => !isIgnored(finding) && !switches.has(finding.id));
}
