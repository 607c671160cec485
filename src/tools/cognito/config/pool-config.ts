import type { IdentityPoolConfig } from "./identity-pool/identity-pool-config.ts";
import type { PasswordPolicy } from "./password-policy.ts";

// What a user pool is, before anybody is in it: the one description that templates and configuration files are read
// into, and that everything else in this room is driven by. Names follow CloudFormation's where they mean the same.

export const TRIGGERS = [
  "PreSignUp",
  "CustomMessage",
  "PostConfirmation",
  "PreAuthentication",
  "PostAuthentication",
  "DefineAuthChallenge",
  "CreateAuthChallenge",
  "VerifyAuthChallengeResponse",
  "PreTokenGeneration",
  "UserMigration",
  "CustomEmailSender",
  "CustomSMSSender",
  "InboundFederation",
] as const;

export type TriggerName = (typeof TRIGGERS)[number];

export type PreTokenVersion = "V1_0" | "V2_0" | "V3_0";

/** Where the pool pretends to be: parts of ARNs, of the issuer and of events. */
export interface PoolPlace {
  /** e.g. `us-east-1` */
  readonly region: string;
  /** Twelve digits. */
  readonly accountId: string;
  /** e.g. `us-east-1_LocalPool`; aws-jwt-verify checks its form. */
  readonly userPoolId: string;
  /** `iss` of all tokens, e.g. `https://cognito-idp.us-east-1.amazonaws.com/us-east-1_LocalPool` */
  readonly issuer: string;
}

export type AttributeType = "String" | "Number" | "Boolean" | "DateTime";

/** One attribute of the pool's schema, standard or custom. */
export interface AttributeConfig {
  /** As in a user's record: `email`, `custom:tenant`, `dev:custom:x`. */
  readonly name: string;
  readonly type: AttributeType;
  readonly mutable: boolean;
  readonly required: boolean;
  readonly minLength: number | undefined;
  readonly maxLength: number | undefined;
  readonly minValue: number | undefined;
  readonly maxValue: number | undefined;
}

export const FIRST_FACTORS = ["PASSWORD", "EMAIL_OTP", "SMS_OTP", "WEB_AUTHN"] as const;

/** What a sign-in may begin with. */
export type FirstFactor = (typeof FIRST_FACTORS)[number];

export type MfaMethod = "SOFTWARE_TOKEN_MFA" | "SMS_MFA" | "EMAIL_OTP";

export interface MfaConfig {
  readonly mode: "OFF" | "OPTIONAL" | "ON";
  readonly methods: readonly MfaMethod[];
}

export interface ClientConfig {
  /** What people call it: the logical id without `Client`, in lower case, or `ClientName`. */
  readonly name: string;
  readonly id: string;
  readonly secret: string | undefined;
  /** `code`, `implicit`, `client_credentials` */
  readonly flows: readonly string[];
  readonly scopes: readonly string[];
  readonly callbackUrls: readonly string[];
  readonly logoutUrls: readonly string[];
  readonly defaultRedirectUri: string | undefined;
  /** `COGNITO` and names of providers; undefined: `COGNITO` alone. */
  readonly identityProviders: readonly string[] | undefined;
  /** undefined: the client may write every attribute that a client can write. */
  readonly writeAttributes: readonly string[] | undefined;
  readonly readAttributes: readonly string[] | undefined;
  /** undefined: SRP, custom and refresh, AWS's default. */
  readonly explicitAuthFlows: readonly string[] | undefined;
  readonly preventUserExistenceErrors: boolean;
  readonly enableTokenRevocation: boolean;
  readonly accessTokenSeconds: number;
  readonly idTokenSeconds: number;
  readonly refreshTokenSeconds: number;
  /** How long an open challenge can be answered. */
  readonly authSessionSeconds: number;
  /** How long a refresh token counts after it was exchanged for another; undefined: it is not exchanged. */
  readonly rotationGraceSeconds: number | undefined;
}

export interface GroupConfig {
  readonly name: string;
  readonly description: string | undefined;
  readonly precedence: number | undefined;
  readonly roleArn: string | undefined;
}

/** An external identity provider; here each of them is played by a provider that runs inside. */
export interface ProviderConfig {
  /** `ProviderName`, e.g. `Google` */
  readonly name: string;
  /** `Google`, `Facebook`, `LoginWithAmazon`, `SignInWithApple`, `OIDC`, `SAML` */
  readonly type: string;
  /** Attribute of the pool -> claim of the provider. */
  readonly attributeMapping: Readonly<Record<string, string>>;
}

/** The words of one kind of message; `{####}` is the code, `{username}` the name. */
export interface MessageTemplate {
  readonly subject: string;
  readonly email: string;
  readonly sms: string;
}

export interface MessagesConfig {
  readonly verification: MessageTemplate;
  readonly invitation: MessageTemplate;
  readonly authentication: MessageTemplate;
}

export interface PoolConfig {
  readonly place: PoolPlace;
  readonly name: string;
  /** The tier, as `UserPoolTier` names it. */
  readonly tier: "LITE" | "ESSENTIALS" | "PLUS";
  readonly usernameAttributes: readonly string[];
  readonly aliasAttributes: readonly string[];
  readonly usernameCaseSensitive: boolean;
  readonly autoVerifiedAttributes: readonly string[];
  /** A new value of these counts only once it is verified. */
  readonly verifyBeforeUpdate: readonly string[];
  readonly adminCreateUserOnly: boolean;
  readonly temporaryPasswordDays: number;
  readonly passwordPolicy: PasswordPolicy;
  /** All attributes: the standard ones and the pool's own. */
  readonly schema: readonly AttributeConfig[];
  readonly mfa: MfaConfig;
  readonly firstFactors: readonly FirstFactor[];
  /** In order: `verified_email`, `verified_phone_number`, `admin_only`. */
  readonly recovery: readonly string[];
  readonly triggers: ReadonlySet<TriggerName>;
  readonly preTokenVersion: PreTokenVersion;
  readonly clients: readonly ClientConfig[];
  readonly groups: readonly GroupConfig[];
  readonly providers: readonly ProviderConfig[];
  readonly messages: MessagesConfig;
  /** undefined: there is none. */
  readonly identityPool: IdentityPoolConfig | undefined;
}
