// Generated: `npm run docs` writes it from the files of the folder.

import { accessTokenUnchanged } from "./checks/access-token-unchanged.ts";
import { cacheLeftToDefault } from "./checks/cache-left-to-default.ts";
import { cacheReusesAnswers } from "./checks/cache-reuses-answers.ts";
import { callbackUrl } from "./checks/callback-url.ts";
import { clientFlows } from "./checks/client-flows.ts";
import { clientNeeds } from "./checks/client-needs.ts";
import { clientSecret } from "./checks/client-secret.ts";
import { clientWrites } from "./checks/client-writes.ts";
import { dependencyCycle } from "./checks/dependency-cycle.ts";
import { directoryAttributeWritable } from "./checks/directory-attribute-writable.ts";
import { environmentSize } from "./checks/environment-size.ts";
import { groupNotRetained } from "./checks/group-not-retained.ts";
import { iamBreadth } from "./checks/iam-breadth.ts";
import { identityPoolOpen } from "./checks/identity-pool-open.ts";
import { identityTrust } from "./checks/identity-trust.ts";
import { implicitFlow } from "./checks/implicit-flow.ts";
import { logRetention } from "./checks/log-retention.ts";
import { markerMissing } from "./checks/marker-missing.ts";
import { missingPermission } from "./checks/missing-permission.ts";
import { payloadVersion } from "./checks/payload-version.ts";
import { plainSecret } from "./checks/plain-secret.ts";
import { poolCaseSensitive } from "./checks/pool-case-sensitive.ts";
import { poolMfa } from "./checks/pool-mfa.ts";
import { poolNotKept } from "./checks/pool-not-kept.ts";
import { poolPassword } from "./checks/pool-password.ts";
import { poolSignInOptions } from "./checks/pool-sign-in-options.ts";
import { poolTier } from "./checks/pool-tier.ts";
import { propertyValue } from "./checks/property-value.ts";
import { providerSetting } from "./checks/provider-setting.ts";
import { quotaExceeded } from "./checks/quota-exceeded.ts";
import { refreshRotation } from "./checks/refresh-rotation.ts";
import { routeDecidedElsewhere } from "./checks/route-decided-elsewhere.ts";
import { routeWithoutAuthorizer } from "./checks/route-without-authorizer.ts";
import { secureReference } from "./checks/secure-reference.ts";
import { tokenPlace } from "./checks/token-place.ts";
import { tokenValidity } from "./checks/token-validity.ts";
import { triggerNotWired } from "./checks/trigger-not-wired.ts";
import { triggerTimeout } from "./checks/trigger-timeout.ts";
import { unknownAttribute } from "./checks/unknown-attribute.ts";
import { unsettledCondition } from "./checks/unsettled-condition.ts";
import { widePermission } from "./checks/wide-permission.ts";
import type { TemplateCheck } from "./template-check.ts";

/** Every check of a packaged template, sorted by id. */
export const TEMPLATE_CHECKS: readonly TemplateCheck[] = [
  accessTokenUnchanged,
  cacheLeftToDefault,
  cacheReusesAnswers,
  callbackUrl,
  clientFlows,
  clientNeeds,
  clientSecret,
  clientWrites,
  dependencyCycle,
  directoryAttributeWritable,
  environmentSize,
  groupNotRetained,
  iamBreadth,
  identityPoolOpen,
  identityTrust,
  implicitFlow,
  logRetention,
  markerMissing,
  missingPermission,
  payloadVersion,
  plainSecret,
  poolCaseSensitive,
  poolMfa,
  poolNotKept,
  poolPassword,
  poolSignInOptions,
  poolTier,
  propertyValue,
  providerSetting,
  quotaExceeded,
  refreshRotation,
  routeDecidedElsewhere,
  routeWithoutAuthorizer,
  secureReference,
  tokenPlace,
  tokenValidity,
  triggerNotWired,
  triggerTimeout,
  unknownAttribute,
  unsettledCondition,
  widePermission,
];
