import type { TemplateCheck } from "./check.ts";
import { authorizerCache } from "./checks/authorizer-cache.ts";
import { callbackUrl } from "./checks/callback-url.ts";
import { clientFlows } from "./checks/client-flows.ts";
import { clientNeeds } from "./checks/client-needs.ts";
import { clientSecret } from "./checks/client-secret.ts";
import { clientWrites } from "./checks/client-writes.ts";
import { danglingReference } from "./checks/dangling-reference.ts";
import { dependencyCycle } from "./checks/dependency-cycle.ts";
import { environmentSize } from "./checks/environment-size.ts";
import { groupNotRetained } from "./checks/group-not-retained.ts";
import { iamBreadth } from "./checks/iam-breadth.ts";
import { identityPoolOpen } from "./checks/identity-pool-open.ts";
import { identityTrust } from "./checks/identity-trust.ts";
import { implicitFlow } from "./checks/implicit-flow.ts";
import { logRetention } from "./checks/log-retention.ts";
import { missingPermission } from "./checks/missing-permission.ts";
import { openRoute } from "./checks/open-route.ts";
import { payloadVersion } from "./checks/payload-version.ts";
import { plainSecret } from "./checks/plain-secret.ts";
import { poolCaseSensitive } from "./checks/pool-case-sensitive.ts";
import { poolLimits } from "./checks/pool-limits.ts";
import { poolMfa } from "./checks/pool-mfa.ts";
import { poolNotKept } from "./checks/pool-not-kept.ts";
import { poolSignInOptions } from "./checks/pool-sign-in-options.ts";
import { poolTier } from "./checks/pool-tier.ts";
import { propertyValue } from "./checks/property-value.ts";
import { refreshRotation } from "./checks/refresh-rotation.ts";
import { secureReference } from "./checks/secure-reference.ts";
import { templateLimits } from "./checks/template-limits.ts";
import { tokenValidity } from "./checks/token-validity.ts";
import { triggerTimeout } from "./checks/trigger-timeout.ts";
import { unknownAttribute } from "./checks/unknown-attribute.ts";
import { unsettledCondition } from "./checks/unsettled-condition.ts";
import { widePermission } from "./checks/wide-permission.ts";

/** Every check of a packaged template, sorted by name. */
export const TEMPLATE_CHECKS: readonly TemplateCheck[] = [
  authorizerCache,
  callbackUrl,
  clientFlows,
  clientNeeds,
  clientSecret,
  clientWrites,
  danglingReference,
  dependencyCycle,
  environmentSize,
  groupNotRetained,
  iamBreadth,
  identityPoolOpen,
  identityTrust,
  implicitFlow,
  logRetention,
  missingPermission,
  openRoute,
  payloadVersion,
  plainSecret,
  poolCaseSensitive,
  poolLimits,
  poolMfa,
  poolNotKept,
  poolSignInOptions,
  poolTier,
  propertyValue,
  refreshRotation,
  secureReference,
  templateLimits,
  tokenValidity,
  triggerTimeout,
  unknownAttribute,
  unsettledCondition,
  widePermission,
];
