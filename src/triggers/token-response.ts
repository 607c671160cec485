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
 * The answer in the shape that the version of the trigger takes. `groups` goes out whole: Cognito replaces
 * the group configuration by what it finds there, so what is left out is lost. Undefined where the event had
 * none.
 */
export function encodeTokenResponse(
  shape: TokenEventShape,
  content: TokenContent,
  groups: GroupConfiguration | undefined,
): PreTokenGenerationResponse {
  return shape === "id-token-only" ? encodeIdToken(content, groups) : encodeBothTokens(content, groups);
}

/** V1_0 takes strings only, so the roles are a JSON array in a string, and reach the ID token alone. */
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

/** The answer for a machine-to-machine token: V3_0 in shape, and there is no ID token. */
export function encodeMachineResponse(roles: readonly string[]): BothTokensResponse {
  return {
    claimsAndScopeOverrideDetails: { accessTokenGeneration: { claimsToAddOrOverride: { roles } } },
  };
}

/** The group configuration as it came, with these groups added at its end. */
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
