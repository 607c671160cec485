import { MARKER_ATTRIBUTE } from "../../src/triggers/directory.ts";

export const POOL = "us-east-1_LocalPool";
export const SUB = "11111111-1111-4111-8111-000000000001";

export type Attributes = Readonly<Record<string, unknown>>;

function envelope(version: string, triggerSource: string, userName: string) {
  return {
    version,
    triggerSource,
    region: "us-east-1",
    userPoolId: POOL,
    userName,
    callerContext: { awsSdkVersion: "aws-sdk-unknown-unknown", clientId: "localwebclient000000000001" },
  };
}

export function preSignUpEvent(source: string, userAttributes: Attributes | null, userName: string = SUB) {
  return {
    ...envelope("1", `PreSignUp_${source}`, userName),
    request: { userAttributes, validationData: null },
    response: { autoConfirmUser: false, autoVerifyEmail: false, autoVerifyPhone: false },
  };
}

/** The attributes of a user who has proven an address and whose groups were never assigned. */
export function proven(email: string, more: Attributes = {}): Record<string, string> {
  return { sub: SUB, email, email_verified: "true", ...(more as Record<string, string>) };
}

/** The same with the marker. */
export function assigned(email: string, more: Attributes = {}): Record<string, string> {
  return proven(email, { [MARKER_ATTRIBUTE]: "2026-01-01T00:00:00.000Z", ...more });
}

export function postConfirmationEvent(
  userAttributes: Attributes,
  source = "ConfirmSignUp",
  userName: string = SUB,
) {
  return {
    ...envelope("1", `PostConfirmation_${source}`, userName),
    request: { userAttributes },
    response: {},
  };
}

export interface TokenEventParts {
  readonly version?: "1" | "2" | "3";
  readonly source?: string;
  readonly attributes?: Attributes | null;
  readonly groups?: readonly string[] | null;
  readonly scopes?: readonly string[] | null;
  readonly userName?: string;
}

export function tokenEvent(parts: TokenEventParts = {}) {
  const { version = "2", source = "Authentication", userName = SUB } = parts;
  const { attributes = assigned("alice@example.com"), groups = [], scopes = ["openid"] } = parts;
  const configuration =
    groups === null ? null : { groupsToOverride: groups, iamRolesToOverride: [], preferredRole: null };
  return {
    ...envelope(version, `TokenGeneration_${source}`, userName),
    request: {
      userAttributes: attributes,
      groupConfiguration: configuration,
      ...(version === "1" ? {} : { scopes }),
    },
    response: version === "1" ? { claimsOverrideDetails: null } : { claimsAndScopeOverrideDetails: null },
  };
}

export function machineEvent(scopes: readonly string[] | null) {
  return {
    ...envelope("3", "TokenGeneration_ClientCredentials", "ClientCredentials"),
    request: { userAttributes: null, groupConfiguration: null, scopes },
    response: { claimsAndScopeOverrideDetails: null },
  };
}

/** An object that has `own` itself and `prototype` only by inheritance. */
export function inherited(prototype: Attributes, own: Attributes = {}): Attributes {
  const object: object = Object.create(prototype) as object;
  return Object.assign(object, own);
}
