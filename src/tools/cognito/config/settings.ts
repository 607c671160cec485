import { TRIGGERS } from "./pool-config.ts";

/** What a single value may be; `limit`: CloudFormation takes limits as text, a file may have them as numbers. */
export type Scalar = "text" | "number" | "flag" | "limit";

/** What the value of a setting may be. */
export type Shape =
  | Scalar
  | { readonly one: readonly string[] }
  | { readonly list: Shape }
  /** A map whose names are free. */
  | { readonly each: Shape }
  | { readonly settings: Settings };

export type Settings = Readonly<Record<string, Shape>>;

const texts: Shape = { list: "text" };
const oneOf = (...one: readonly string[]): Shape => ({ one });
const listOf = (...one: readonly string[]): Shape => ({ list: { one } });
const group = (settings: Settings): Shape => ({ settings });

const CONTACTS = ["email", "phone_number"] as const;

/** The properties of `AWS::Cognito::UserPool` that change what the pool here does. */
const POOL_SETTINGS: Settings = {
  UserPoolName: "text",
  UserPoolTier: oneOf("LITE", "ESSENTIALS", "PLUS"),
  UsernameAttributes: listOf(...CONTACTS),
  AliasAttributes: listOf(...CONTACTS, "preferred_username"),
  UsernameConfiguration: group({ CaseSensitive: "flag" }),
  AutoVerifiedAttributes: listOf(...CONTACTS),
  UserAttributeUpdateSettings: group({ AttributesRequireVerificationBeforeUpdate: listOf(...CONTACTS) }),
  AdminCreateUserConfig: group({
    AllowAdminCreateUserOnly: "flag",
    UnusedAccountValidityDays: "number",
    InviteMessageTemplate: group({ EmailSubject: "text", EmailMessage: "text", SMSMessage: "text" }),
  }),
  Policies: group({
    PasswordPolicy: group({
      MinimumLength: "number",
      RequireLowercase: "flag",
      RequireUppercase: "flag",
      RequireNumbers: "flag",
      RequireSymbols: "flag",
      PasswordHistorySize: "number",
      TemporaryPasswordValidityDays: "number",
    }),
    SignInPolicy: group({ AllowedFirstAuthFactors: listOf("PASSWORD", "EMAIL_OTP", "SMS_OTP") }),
  }),
  Schema: {
    list: group({
      Name: "text",
      AttributeDataType: oneOf("String", "Number", "Boolean", "DateTime"),
      Mutable: "flag",
      Required: "flag",
      StringAttributeConstraints: group({ MinLength: "limit", MaxLength: "limit" }),
      NumberAttributeConstraints: group({ MinValue: "limit", MaxValue: "limit" }),
    }),
  },
  MfaConfiguration: oneOf("OFF", "OPTIONAL", "ON"),
  EnabledMfas: listOf("SOFTWARE_TOKEN_MFA", "SMS_MFA", "EMAIL_OTP"),
  AccountRecoverySetting: group({
    RecoveryMechanisms: {
      list: group({
        Name: oneOf("verified_email", "verified_phone_number", "admin_only"),
        Priority: "number",
      }),
    },
  }),
  VerificationMessageTemplate: group({ EmailSubject: "text", EmailMessage: "text", SmsMessage: "text" }),
  EmailVerificationSubject: "text",
  EmailVerificationMessage: "text",
  SmsVerificationMessage: "text",
  EmailAuthenticationSubject: "text",
  EmailAuthenticationMessage: "text",
  SmsAuthenticationMessage: "text",
};

const UNITS = ["seconds", "minutes", "hours", "days"] as const;

/** The properties of `AWS::Cognito::UserPoolClient`, and what AWS chooses: its id and its secret. */
const CLIENT_SETTINGS: Settings = {
  ClientId: "text",
  ClientSecret: "text",
  GenerateSecret: "flag",
  AllowedOAuthFlowsUserPoolClient: "flag",
  AllowedOAuthFlows: listOf("code", "implicit", "client_credentials"),
  AllowedOAuthScopes: texts,
  CallbackURLs: texts,
  LogoutURLs: texts,
  DefaultRedirectURI: "text",
  SupportedIdentityProviders: texts,
  ReadAttributes: texts,
  WriteAttributes: texts,
  ExplicitAuthFlows: listOf(
    "ALLOW_USER_PASSWORD_AUTH",
    "ALLOW_USER_SRP_AUTH",
    "ALLOW_USER_AUTH",
    "ALLOW_CUSTOM_AUTH",
    "ALLOW_ADMIN_USER_PASSWORD_AUTH",
    "ALLOW_REFRESH_TOKEN_AUTH",
  ),
  PreventUserExistenceErrors: oneOf("ENABLED", "LEGACY"),
  EnableTokenRevocation: "flag",
  AccessTokenValidity: "number",
  IdTokenValidity: "number",
  RefreshTokenValidity: "number",
  TokenValidityUnits: group({
    AccessToken: oneOf(...UNITS),
    IdToken: oneOf(...UNITS),
    RefreshToken: oneOf(...UNITS),
  }),
  AuthSessionValidity: "number",
  RefreshTokenRotation: group({
    Feature: oneOf("ENABLED", "DISABLED"),
    RetryGracePeriodSeconds: "number",
  }),
};

/** Everything that a file of a pool may say. */
export const FILE_SETTINGS: Settings = {
  Region: "text",
  AccountId: "text",
  UserPoolId: "text",
  ...POOL_SETTINGS,
  Clients: { each: group(CLIENT_SETTINGS) },
  Groups: { each: group({ Description: "text", Precedence: "number", RoleArn: "text" }) },
  IdentityProviders: {
    each: group({
      ProviderType: oneOf("Google", "Facebook", "LoginWithAmazon", "SignInWithApple", "OIDC", "SAML"),
      AttributeMapping: { each: "text" },
    }),
  },
  IdentityPool: group({
    IdentityPoolId: "text",
    AllowUnauthenticatedIdentities: "flag",
    ServerSideTokenCheck: "flag",
    Roles: group({ authenticated: "text", unauthenticated: "text" }),
    PrincipalTags: { each: "text" },
    UseDefaults: "flag",
    RoleMappings: {
      each: group({
        Type: oneOf("Token", "Rules"),
        AmbiguousRoleResolution: oneOf("AuthenticatedRole", "Deny"),
        RulesConfiguration: group({
          Rules: {
            list: group({
              Claim: "text",
              MatchType: oneOf("Equals", "NotEqual", "StartsWith", "Contains"),
              Value: "text",
              RoleARN: "text",
            }),
          },
        }),
      }),
    },
  }),
  Triggers: group({
    ...Object.fromEntries(TRIGGERS.map((trigger) => [trigger, "text"])),
    PreTokenGenerationConfig: group({ LambdaArn: "text", LambdaVersion: oneOf("V1_0", "V2_0", "V3_0") }),
  }),
};

/** A pool for a first look: people sign up with their e-mail address. */
export const USUAL_POOL = `UsernameAttributes: [email]
UsernameConfiguration: { CaseSensitive: false }
AutoVerifiedAttributes: [email]
`;
