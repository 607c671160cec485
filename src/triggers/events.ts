/**
 * The events that Cognito sends to the three triggers, as AWS documents them and as it actually sends them. They widen
 * types of @types/aws-lambda that are too narrow (docs/triggers.md, "Event types"): parts that arrive as null,
 * machine-to-machine events without a user, arrays as claims, one union over all versions.
 *
 * https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-working-with-lambda-triggers.html
 */

/** The original event; a trigger returns all of it, with `response` filled in. */
export type RawEvent = Readonly<Record<string, unknown>>;

/** Cognito sends strings; `attributeOf` checks those that are read. */
export type UserAttributes = Readonly<Record<string, unknown>>;

interface Envelope<Source extends string> {
  readonly triggerSource: Source;
  readonly userPoolId: string;
  /** `clientId` is absent for calls without an app client, such as AdminCreateUser. */
  readonly callerContext?: { readonly clientId?: string | null | undefined } | null | undefined;
}

/**
 * `ClientMetadata` and `ValidationData` of the client: the caller controls them, so claimgate neither checks nor reads
 * them.
 */
type ClientControlled = unknown;

export const PRE_SIGN_UP_SOURCES = [
  "PreSignUp_SignUp",
  "PreSignUp_AdminCreateUser",
  "PreSignUp_ExternalProvider",
] as const;

type PreSignUpSource = (typeof PRE_SIGN_UP_SOURCES)[number];

/** https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-lambda-pre-sign-up.html */
export interface PreSignUpEvent extends Envelope<PreSignUpSource> {
  /** Federated users: `<Provider>_<id at the provider>`. */
  readonly userName: string;
  readonly request: {
    readonly userAttributes?: UserAttributes | null | undefined;
    /** A map or null. */
    readonly validationData?: ClientControlled;
    readonly clientMetadata?: ClientControlled;
  };
}

/** All three arrive as false; Cognito ignores them for `PreSignUp_AdminCreateUser`. */
export interface PreSignUpResponse {
  readonly autoConfirmUser: boolean;
  readonly autoVerifyEmail: boolean;
  readonly autoVerifyPhone: boolean;
}

export const POST_CONFIRMATION_SOURCES = [
  "PostConfirmation_ConfirmSignUp",
  "PostConfirmation_ConfirmForgotPassword",
] as const;

type PostConfirmationSource = (typeof POST_CONFIRMATION_SOURCES)[number];

/** https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-lambda-post-confirmation.html */
export interface PostConfirmationEvent extends Envelope<PostConfirmationSource> {
  readonly userName: string;
  readonly request: {
    readonly userAttributes?: UserAttributes | null | undefined;
    readonly clientMetadata?: ClientControlled;
  };
}

/** The sources that issue tokens to a user. */
const USER_TOKEN_SOURCES = [
  "TokenGeneration_HostedAuth",
  "TokenGeneration_Authentication",
  "TokenGeneration_NewPasswordChallenge",
  "TokenGeneration_AuthenticateDevice",
  "TokenGeneration_RefreshTokens",
] as const;

/** Machine-to-machine: only if the trigger is configured as V3_0. */
export const MACHINE_TOKEN_SOURCE = "TokenGeneration_ClientCredentials";

export const TOKEN_SOURCES = [...USER_TOKEN_SOURCES, MACHINE_TOKEN_SOURCE] as const;

type UserTokenSource = (typeof USER_TOKEN_SOURCES)[number];

/** In the request the groups of the user, in the response those of the token. */
export interface GroupConfiguration {
  readonly groupsToOverride?: readonly string[] | null | undefined;
  readonly iamRolesToOverride?: readonly string[] | null | undefined;
  readonly preferredRole?: string | null | undefined;
}

/** Determines the shape of the answer: V1_0, or V2_0 and V3_0, which share one. */
export type TokenEventShape = "id-token-only" | "both-tokens";

/** https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-lambda-pre-token-generation.html */
export interface UserTokenEvent extends Envelope<UserTokenSource> {
  readonly shape: TokenEventShape;
  readonly userName: string;
  readonly request: {
    readonly userAttributes?: UserAttributes | null | undefined;
    readonly groupConfiguration?: GroupConfiguration | null | undefined;
    /** Not in V1_0. */
    readonly scopes?: readonly string[] | null | undefined;
    readonly clientMetadata?: ClientControlled;
  };
}

/**
 * A token for an app client: AWS does not document whether the user's parts are absent or null, so they are not read.
 */
export interface MachineTokenEvent extends Envelope<typeof MACHINE_TOKEN_SOURCE> {
  readonly shape: TokenEventShape;
  readonly request: {
    readonly scopes?: readonly string[] | null | undefined;
    readonly clientMetadata?: ClientControlled;
  };
}

export type PreTokenGenerationEvent = UserTokenEvent | MachineTokenEvent;

/** V2_0 and V3_0 accept strings, numbers, booleans, arrays of them and objects; claimgate writes these two. */
export type ClaimValue = string | readonly string[];

/** The response of V1_0: the ID token, strings only. */
export interface IdTokenResponse {
  readonly claimsOverrideDetails: {
    readonly claimsToAddOrOverride?: Readonly<Record<string, string>>;
    readonly groupOverrideDetails?: GroupConfiguration;
  };
}

/** The response of V2_0 and V3_0. */
export interface BothTokensResponse {
  readonly claimsAndScopeOverrideDetails: {
    readonly idTokenGeneration?: { readonly claimsToAddOrOverride: Readonly<Record<string, ClaimValue>> };
    readonly accessTokenGeneration?: {
      readonly claimsToAddOrOverride?: Readonly<Record<string, ClaimValue>>;
      readonly scopesToAdd?: readonly string[];
    };
    readonly groupOverrideDetails?: GroupConfiguration;
  };
}

export type PreTokenGenerationResponse = IdTokenResponse | BothTokensResponse;
