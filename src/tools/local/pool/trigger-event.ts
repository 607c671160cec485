import type { JsonObject } from "../../../json.ts";
import { LOCAL } from "../identifiers.ts";
import type { PreTokenVersion } from "./pool-plan.ts";

/** What AWS puts in `callerContext.clientId` where no app client made the call. */
const NO_CLIENT = "CLIENT_ID_NOT_APPLICABLE";

/** `userName` of a machine-to-machine event. */
const NO_USER = "ClientCredentials";

export type Attributes = Readonly<Record<string, string>>;

export interface TriggerCall {
  readonly userName: string;
  readonly clientId: string | null;
  readonly clientMetadata: Attributes | undefined;
  readonly userAttributes: Attributes;
}

export interface GroupConfiguration {
  readonly groupsToOverride: readonly string[];
  readonly iamRolesToOverride: readonly string[];
  readonly preferredRole: string | null;
}

function envelope(version: string, triggerSource: string, userName: string, clientId: string | null) {
  return {
    version,
    triggerSource,
    region: LOCAL.region,
    userPoolId: LOCAL.userPoolId,
    userName,
    callerContext: { awsSdkVersion: "aws-sdk-unknown-unknown", clientId: clientId ?? NO_CLIENT },
  };
}

/** Metadata that the client did not send is absent from an event, not null. */
const metadata = (clientMetadata: Attributes | undefined) =>
  clientMetadata === undefined ? {} : { clientMetadata };

/** The event of a sign-up, by the user or by an administrator. `validationData` is null where none was sent. */
export function preSignUpEvent(
  source: "PreSignUp_SignUp" | "PreSignUp_AdminCreateUser",
  call: TriggerCall,
  validationData: Attributes | null,
): JsonObject {
  return {
    ...envelope("1", source, call.userName, call.clientId),
    request: { userAttributes: call.userAttributes, validationData, ...metadata(call.clientMetadata) },
    response: { autoConfirmUser: false, autoVerifyEmail: false, autoVerifyPhone: false },
  };
}

export function postConfirmationEvent(
  source: "PostConfirmation_ConfirmSignUp" | "PostConfirmation_ConfirmForgotPassword",
  call: TriggerCall,
): JsonObject {
  return {
    ...envelope("1", source, call.userName, call.clientId),
    request: { userAttributes: call.userAttributes, ...metadata(call.clientMetadata) },
    response: {},
  };
}

/** The event before tokens for a user are made; `version` is 1, 2 or 3 as the pool is configured. */
export function preTokenGenerationEvent(
  version: PreTokenVersion,
  source: string,
  call: TriggerCall,
  groupConfiguration: GroupConfiguration,
  scopes: readonly string[],
): JsonObject {
  const head = envelope(version.slice(1, 2), source, call.userName, call.clientId);
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
  clientId: string,
  scopes: readonly string[],
  clientMetadata: Attributes | undefined,
): JsonObject {
  return {
    ...envelope("3", "TokenGeneration_ClientCredentials", NO_USER, clientId),
    request: { userAttributes: {}, groupConfiguration: null, scopes, ...metadata(clientMetadata) },
    response: { claimsAndScopeOverrideDetails: null },
  };
}
