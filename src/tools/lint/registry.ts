// Generated: `npm run docs` writes it from the files of the folder.
import type { Rule } from "./rule.ts";
import { allowAlwaysDenied } from "./rules/allow-always-denied.ts";
import { allowEverything } from "./rules/allow-everything.ts";
import { appRowWithoutEffect } from "./rules/app-row-without-effect.ts";
import { conditionClaim } from "./rules/condition-claim.ts";
import { conditionParameter } from "./rules/condition-parameter.ts";
import { conditionUnquoted } from "./rules/condition-unquoted.ts";
import { denyWithoutAllow } from "./rules/deny-without-allow.ts";
import { directoryGroupDenied } from "./rules/directory-group-denied.ts";
import { firstPartyMissing } from "./rules/first-party-missing.ts";
import { frontEndInexact } from "./rules/front-end-inexact.ts";
import { frontEndUnknown } from "./rules/front-end-unknown.ts";
import { groupNotListed } from "./rules/group-not-listed.ts";
import { groupRoleTied } from "./rules/group-role-tied.ts";
import { groupSettingsRefused } from "./rules/group-settings-refused.ts";
import { groupSettingsUnused } from "./rules/group-settings-unused.ts";
import { ignoreUnused } from "./rules/ignore-unused.ts";
import { inheritanceCycle } from "./rules/inheritance-cycle.ts";
import { inheritanceDepth } from "./rules/inheritance-depth.ts";
import { landingGroupWithoutRights } from "./rules/landing-group-without-rights.ts";
import { lookAlikeName } from "./rules/look-alike-name.ts";
import { maxAgeDoubtful } from "./rules/max-age-doubtful.ts";
import { maxAgeMachine } from "./rules/max-age-machine.ts";
import { mixedScriptName } from "./rules/mixed-script-name.ts";
import { needlessQuotes } from "./rules/needless-quotes.ts";
import { needlessWildcard } from "./rules/needless-wildcard.ts";
import { permissionWithoutRoute } from "./rules/permission-without-route.ts";
import { redundantRow } from "./rules/redundant-row.ts";
import { roleNeverGiven } from "./rules/role-never-given.ts";
import { roleWithoutRights } from "./rules/role-without-rights.ts";
import { routeWithoutHolder } from "./rules/route-without-holder.ts";
import { rowExpired } from "./rules/row-expired.ts";
import { rowNote } from "./rules/row-note.ts";
import { apiDomainUnlisted } from "./rules/service/api-domain-unlisted.ts";
import { appScopeNotGranted } from "./rules/service/app-scope-not-granted.ts";
import { appScopeUnlimited } from "./rules/service/app-scope-unlimited.ts";
import { authorizerSettingsCollapse } from "./rules/service/authorizer-settings-collapse.ts";
import { cacheLeftToDefault } from "./rules/service/cache-left-to-default.ts";
import { cacheReusesAnswers } from "./rules/service/cache-reuses-answers.ts";
import { clientUnknown } from "./rules/service/client-unknown.ts";
import { clientWithoutScope } from "./rules/service/client-without-scope.ts";
import { conditionClaimWritable } from "./rules/service/condition-claim-writable.ts";
import { corsMethodMissing } from "./rules/service/cors-method-missing.ts";
import { directoryAttributeShared } from "./rules/service/directory-attribute-shared.ts";
import { directoryAttributeWritable } from "./rules/service/directory-attribute-writable.ts";
import { directoryGroupsOutlive } from "./rules/service/directory-groups-outlive.ts";
import { directoryProviderUnknown } from "./rules/service/directory-provider-unknown.ts";
import { directoryValueForm } from "./rules/service/directory-value-form.ts";
import { graphqlFieldUndeclared } from "./rules/service/graphql-field-undeclared.ts";
import { groupNameWithinAnother } from "./rules/service/group-name-within-another.ts";
import { groupNeverNamed } from "./rules/service/group-never-named.ts";
import { groupNotCreated } from "./rules/service/group-not-created.ts";
import { groupRoleUnknown } from "./rules/service/group-role-unknown.ts";
import { maxAgeCached } from "./rules/service/max-age-cached.ts";
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
import { signUpPublicSuffix } from "./rules/sign-up-public-suffix.ts";
import { tenantGroupNamed } from "./rules/tenant-group-named.ts";
import { tenantGroupsOverlap } from "./rules/tenant-groups-overlap.ts";
import { tenantParameterMissing } from "./rules/tenant-parameter-missing.ts";
import { userRow } from "./rules/user-row.ts";

/** All rules of `lint`, sorted by id. What the loader reports itself is in `LOADER_RULES`. */
export const RULES: readonly Rule[] = [
  allowAlwaysDenied,
  allowEverything,
  apiDomainUnlisted,
  appRowWithoutEffect,
  appScopeNotGranted,
  appScopeUnlimited,
  authorizerSettingsCollapse,
  cacheLeftToDefault,
  cacheReusesAnswers,
  clientUnknown,
  clientWithoutScope,
  conditionClaim,
  conditionClaimWritable,
  conditionParameter,
  conditionUnquoted,
  corsMethodMissing,
  denyWithoutAllow,
  directoryAttributeShared,
  directoryAttributeWritable,
  directoryGroupDenied,
  directoryGroupsOutlive,
  directoryProviderUnknown,
  directoryValueForm,
  firstPartyMissing,
  frontEndInexact,
  frontEndUnknown,
  graphqlFieldUndeclared,
  groupNameWithinAnother,
  groupNeverNamed,
  groupNotCreated,
  groupNotListed,
  groupRoleTied,
  groupRoleUnknown,
  groupSettingsRefused,
  groupSettingsUnused,
  ignoreUnused,
  inheritanceCycle,
  inheritanceDepth,
  landingGroupWithoutRights,
  lookAlikeName,
  maxAgeCached,
  maxAgeDoubtful,
  maxAgeMachine,
  mixedScriptName,
  nativeAuthorizerWithoutScopes,
  needlessQuotes,
  needlessWildcard,
  permissionWithoutRoute,
  preflightUnauthorized,
  principalTagWritable,
  publicRouteGuarded,
  quotaExceeded,
  redundantRow,
  roleNeverGiven,
  roleWithoutRights,
  routeDecidedElsewhere,
  routeNotDeployed,
  routeWithoutAuthorizer,
  routeWithoutHolder,
  routeWithoutOwnRow,
  routeWithoutPermission,
  rowExpired,
  rowNote,
  scopeUnknown,
  signUpPublicSuffix,
  simpleResponsesPayload,
  subjectOfNoPool,
  tenantGroupNamed,
  tenantGroupsOverlap,
  tenantParameterMissing,
  tokenAuthorizerForeignRoute,
  userRow,
  websocketIdentitySource,
  wholeApiInexpressible,
  wholeApiSizeUnproven,
  wholeApiTooLarge,
];
