import type {
  BothTokensResponse,
  ClaimValue,
  GroupConfiguration,
  IdTokenResponse,
  PreTokenGenerationResponse,
  TokenEventShape,
} from "./events.ts";
import type { TokenContent } from "./token-content.ts";

/**
 * The answer in the shape of the trigger's version. `groups` must be complete: Cognito replaces the group configuration
 * with it, so missing parts are lost. Undefined if the event has none.
 */
export function encodeTokenResponse(
  shape: TokenEventShape,
  content: TokenContent,
  groups: GroupConfiguration | undefined,
): PreTokenGenerationResponse {
  return shape === "id-token-only" ? encodeIdToken(content, groups) : encodeBothTokens(content, groups);
}

/** V1_0 accepts only strings, so the roles are a JSON array in a string, and reach only the ID token. */
function encodeIdToken({ roles }: TokenContent, groups: GroupConfiguration | undefined): IdTokenResponse {
  return {
    claimsOverrideDetails: {
      ...(roles && { claimsToAddOrOverride: { roles: JSON.stringify(roles) } }),
      ...(groups && { groupOverrideDetails: groups }),
    },
  };
}

function encodeBothTokens(
  { roles, copied, scopesToAdd }: TokenContent,
  groups: GroupConfiguration | undefined,
): BothTokensResponse {
  const shared: Record<string, ClaimValue> = roles === undefined ? {} : { roles };
  const access = { ...copied, ...shared };
  return {
    claimsAndScopeOverrideDetails: {
      ...(roles && { idTokenGeneration: { claimsToAddOrOverride: shared } }),
      accessTokenGeneration: {
        ...(Object.keys(access).length > 0 && { claimsToAddOrOverride: access }),
        ...(scopesToAdd.length > 0 && { scopesToAdd }),
      },
      ...(groups && { groupOverrideDetails: groups }),
    },
  };
}

/** The answer for a machine-to-machine token: in the shape of V3_0, without an ID token. */
export function encodeMachineResponse(roles: readonly string[]): BothTokensResponse {
  return {
    claimsAndScopeOverrideDetails: { accessTokenGeneration: { claimsToAddOrOverride: { roles } } },
  };
}

/** The original group configuration with these groups appended. */
export function withGroups(
  configuration: GroupConfiguration | null | undefined,
  added: readonly string[],
): GroupConfiguration | undefined {
  if (configuration === null || configuration === undefined) {
    return added.length === 0 ? undefined : { groupsToOverride: added };
  }
  const { groupsToOverride, iamRolesToOverride, preferredRole } = configuration;
  return {
    ...("groupsToOverride" in configuration || added.length > 0
      ? { groupsToOverride: added.length === 0 ? groupsToOverride : [...(groupsToOverride ?? []), ...added] }
      : {}),
    ...(iamRolesToOverride !== undefined && { iamRolesToOverride }),
    ...(preferredRole !== undefined && { preferredRole }),
  };
}
