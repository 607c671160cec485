import type { JsonObject } from "../../../json.ts";
import type { PoolPlace, PreTokenVersion, ProviderConfig } from "../config/pool-config.ts";
import type { Attributes } from "../directory/user.ts";

/** What AWS puts in `callerContext.clientId` where no app client made the call. */
const NO_CLIENT = "CLIENT_ID_NOT_APPLICABLE";

/** `userName` of a machine-to-machine event. */
const NO_USER = "ClientCredentials";

/** What every event of a trigger says of the call that it is about. */
export interface TriggerCall {
  readonly userName: string | null;
  readonly clientId: string | undefined;
  readonly clientMetadata: Attributes | undefined;
  readonly userAttributes: Attributes;
}

export interface GroupConfiguration {
  readonly groupsToOverride: readonly string[];
  readonly iamRolesToOverride: readonly string[];
  readonly preferredRole: string | null;
}

/** The parts that all events share. @param version of the event: `1`, and 2 or 3 for pre-token-generation */
function envelope(
  { region, userPoolId }: PoolPlace,
  version: string,
  triggerSource: string,
  userName: string | null,
  clientId: string | undefined,
): JsonObject {
  return {
    version,
    triggerSource,
    region,
    userPoolId,
    userName,
    callerContext: { awsSdkVersion: "aws-sdk-unknown-unknown", clientId: clientId ?? NO_CLIENT },
  };
}

/** Metadata that the client did not send is absent from an event, not null. */
const metadata = (clientMetadata: Attributes | undefined) =>
  clientMetadata === undefined ? {} : { clientMetadata };

/**
 * An event of version 1: the shared parts, the user's attributes, metadata, and what the trigger has of its own.
 * https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-identity-pools-working-with-aws-lambda-triggers.html
 *
 * @param source e.g. `PreSignUp_SignUp`
 */
export function triggerEvent(
  place: PoolPlace,
  source: string,
  call: TriggerCall,
  request: JsonObject,
  response: JsonObject,
): JsonObject {
  return {
    ...envelope(place, "1", source, call.userName, call.clientId),
    request: { userAttributes: call.userAttributes, ...request, ...metadata(call.clientMetadata) },
    response,
  };
}

/** What an external provider answered, as the trigger gets it: social and OIDC providers, or SAML. */
export type ProviderAnswer =
  | { readonly tokenResponse: Attributes; readonly idToken: Attributes; readonly userInfo: Attributes }
  | { readonly samlResponse: Attributes };

/**
 * The event after an external provider answered, and before its claims are mapped to attributes.
 * https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-lambda-inbound-federation.html
 *
 * @param account what the provider calls the user
 */
export function inboundFederationEvent(
  place: PoolPlace,
  clientId: string,
  { name, type }: Pick<ProviderConfig, "name" | "type">,
  account: string,
  attributes: ProviderAnswer,
): JsonObject {
  return {
    ...envelope(place, "1", "InboundFederation_ExternalProvider", account, clientId),
    request: { providerName: name, providerType: type, attributes },
    response: { userAttributesToMap: {} },
  };
}

/** The event before tokens for a user are made; `version` is 1, 2 or 3 as the pool is configured. */
export function preTokenGenerationEvent(
  place: PoolPlace,
  version: PreTokenVersion,
  source: string,
  call: TriggerCall,
  groupConfiguration: GroupConfiguration,
  scopes: readonly string[],
): JsonObject {
  const head = envelope(place, version.slice(1, 2), source, call.userName, call.clientId);
  const { userAttributes } = call;
  return version === "V1_0"
    ? {
        ...head,
        request: { userAttributes, groupConfiguration, ...metadata(call.clientMetadata) },
        response: { claimsOverrideDetails: null },
      }
    : {
        ...head,
        request: { userAttributes, groupConfiguration, scopes, ...metadata(call.clientMetadata) },
        response: { claimsAndScopeOverrideDetails: null },
      };
}

/** The event before a machine-to-machine token is made; only V3_0 has it. */
export function clientCredentialsEvent(
  place: PoolPlace,
  clientId: string,
  scopes: readonly string[],
  clientMetadata: Attributes | undefined,
): JsonObject {
  return {
    ...envelope(place, "3", "TokenGeneration_ClientCredentials", NO_USER, clientId),
    request: { userAttributes: {}, groupConfiguration: null, scopes, ...metadata(clientMetadata) },
    response: { claimsAndScopeOverrideDetails: null },
  };
}
