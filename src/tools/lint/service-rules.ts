import type { Rule } from "./rule.ts";
import { apiDomainUnlisted } from "./rules/service/api-domain-unlisted.ts";
import { authorizerSettingsCollapse } from "./rules/service/authorizer-settings-collapse.ts";
import { cacheLeftToDefault } from "./rules/service/cache-left-to-default.ts";
import { cacheReusesAnswers } from "./rules/service/cache-reuses-answers.ts";
import { clientUnknown } from "./rules/service/client-unknown.ts";
import { clientWithoutScope } from "./rules/service/client-without-scope.ts";
import { corsMethodMissing } from "./rules/service/cors-method-missing.ts";
import { graphqlFieldUndeclared } from "./rules/service/graphql-field-undeclared.ts";
import { groupNameWithinAnother } from "./rules/service/group-name-within-another.ts";
import { groupNeverNamed } from "./rules/service/group-never-named.ts";
import { groupNotCreated } from "./rules/service/group-not-created.ts";
import { groupRoleUnknown } from "./rules/service/group-role-unknown.ts";
import { nativeAuthorizerWithoutScopes } from "./rules/service/native-authorizer-without-scopes.ts";
import { preflightUnauthorized } from "./rules/service/preflight-unauthorized.ts";
import { principalTagWritable } from "./rules/service/principal-tag-writable.ts";
import { publicRouteGuarded } from "./rules/service/public-route-guarded.ts";
import { quotaExceeded } from "./rules/service/quota-exceeded.ts";
import { routeDecidedElsewhere } from "./rules/service/route-decided-elsewhere.ts";
import { routeNotDeployed } from "./rules/service/route-not-deployed.ts";
import { routeWithoutAuthorizer } from "./rules/service/route-without-authorizer.ts";
import { routeWithoutOwnRow } from "./rules/service/route-without-own-row.ts";
import { routeWithoutPermission } from "./rules/service/route-without-permission.ts";
import { scopeUnknown } from "./rules/service/scope-unknown.ts";
import { simpleResponsesPayload } from "./rules/service/simple-responses-payload.ts";
import { subjectOfNoPool } from "./rules/service/subject-of-no-pool.ts";
import { tokenAuthorizerForeignRoute } from "./rules/service/token-authorizer-foreign-route.ts";
import { websocketIdentitySource } from "./rules/service/websocket-identity-source.ts";
import { wholeApiInexpressible } from "./rules/service/whole-api-inexpressible.ts";
import { wholeApiSizeUnproven } from "./rules/service/whole-api-size-unproven.ts";
import { wholeApiTooLarge } from "./rules/service/whole-api-too-large.ts";

/** The rules that hold the policy against what serverless.yml deploys. */
export const SERVICE_RULES: readonly Rule[] = [
  routeWithoutPermission,
  routeWithoutOwnRow,
  routeNotDeployed,
  routeWithoutAuthorizer,
  publicRouteGuarded,
  routeDecidedElsewhere,
  apiDomainUnlisted,
  cacheReusesAnswers,
  cacheLeftToDefault,
  authorizerSettingsCollapse,
  websocketIdentitySource,
  tokenAuthorizerForeignRoute,
  wholeApiInexpressible,
  wholeApiTooLarge,
  wholeApiSizeUnproven,
  graphqlFieldUndeclared,
  nativeAuthorizerWithoutScopes,
  simpleResponsesPayload,
  corsMethodMissing,
  preflightUnauthorized,
  groupNotCreated,
  groupNeverNamed,
  groupRoleUnknown,
  groupNameWithinAnother,
  principalTagWritable,
  clientUnknown,
  clientWithoutScope,
  scopeUnknown,
  subjectOfNoPool,
  quotaExceeded,
];
