import { type JsonObject, objectOf } from "../../../json.ts";

/** The shape of a value: a plain value, an object of named members, or a map (`*`). Lists contain such values. */
export type Shape = "value" | { readonly [member: string]: Shape };

/**
 * Everything that UpdateUserPool accepts, named as DescribeUserPool names it. AWS resets what an update leaves out, so
 * an update has to repeat all of it.
 * docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_UpdateUserPool.html
 */
export const POOL_SETTINGS: { readonly [name: string]: Shape } = {
  Name: "value",
  Policies: {
    PasswordPolicy: {
      MinimumLength: "value",
      RequireUppercase: "value",
      RequireLowercase: "value",
      RequireNumbers: "value",
      RequireSymbols: "value",
      PasswordHistorySize: "value",
      TemporaryPasswordValidityDays: "value",
    },
    SignInPolicy: { AllowedFirstAuthFactors: "value" },
  },
  DeletionProtection: "value",
  LambdaConfig: {
    PreSignUp: "value",
    CustomMessage: "value",
    PostConfirmation: "value",
    PreAuthentication: "value",
    PostAuthentication: "value",
    DefineAuthChallenge: "value",
    CreateAuthChallenge: "value",
    VerifyAuthChallengeResponse: "value",
    PreTokenGeneration: "value",
    UserMigration: "value",
    PreTokenGenerationConfig: { LambdaVersion: "value", LambdaArn: "value" },
    CustomSMSSender: { LambdaVersion: "value", LambdaArn: "value" },
    CustomEmailSender: { LambdaVersion: "value", LambdaArn: "value" },
    KMSKeyID: "value",
    InboundFederation: { LambdaVersion: "value", LambdaArn: "value" },
  },
  AutoVerifiedAttributes: "value",
  SmsVerificationMessage: "value",
  EmailVerificationMessage: "value",
  EmailVerificationSubject: "value",
  VerificationMessageTemplate: {
    SmsMessage: "value",
    EmailMessage: "value",
    EmailSubject: "value",
    EmailMessageByLink: "value",
    EmailSubjectByLink: "value",
    DefaultEmailOption: "value",
  },
  SmsAuthenticationMessage: "value",
  UserAttributeUpdateSettings: { AttributesRequireVerificationBeforeUpdate: "value" },
  MfaConfiguration: "value",
  DeviceConfiguration: { ChallengeRequiredOnNewDevice: "value", DeviceOnlyRememberedOnUserPrompt: "value" },
  EmailConfiguration: {
    SourceArn: "value",
    ReplyToEmailAddress: "value",
    EmailSendingAccount: "value",
    From: "value",
    ConfigurationSet: "value",
  },
  SmsConfiguration: {
    SnsCallerArn: "value",
    ExternalId: "value",
    SnsRegion: "value",
    EumsSms: {
      CallerArn: "value",
      ExternalId: "value",
      OriginationIdentity: "value",
      ConfigurationSetName: "value",
      InEntityId: "value",
      InTemplateId: "value",
      Region: "value",
    },
  },
  UserPoolTags: { "*": "value" },
  AdminCreateUserConfig: {
    AllowAdminCreateUserOnly: "value",
    UnusedAccountValidityDays: "value",
    InviteMessageTemplate: { SMSMessage: "value", EmailMessage: "value", EmailSubject: "value" },
  },
  UserPoolAddOns: {
    AdvancedSecurityMode: "value",
    AdvancedSecurityAdditionalFlows: { CustomAuthMode: "value" },
  },
  DcrConfiguration: {
    EnableStatus: "value",
    OpenDcrEnabled: "value",
    AuthenticatedGrantTypes: "value",
    OpenDcrGrantTypes: "value",
    AllowedScopes: "value",
  },
  AccountRecoverySetting: { RecoveryMechanisms: { Priority: "value", Name: "value" } },
  UserPoolTier: "value",
  KeyConfiguration: { KeyType: "value", KmsKeyArn: "value" },
  IssuerConfiguration: { Type: "value" },
  AcrConfiguration: { "*": { AcrValue: "value" } },
};

/**
 * What DescribeUserPool returns and UpdateUserPool does not accept: fixed at creation, set by other calls, or counted
 * by AWS. An update does not change it.
 */
export const POOL_FACTS: ReadonlySet<string> = new Set([
  "Id",
  "Arn",
  "Status",
  "CreationDate",
  "LastModifiedDate",
  "EstimatedNumberOfUsers",
  "SchemaAttributes",
  "AliasAttributes",
  "UsernameAttributes",
  "UsernameConfiguration",
  "Domain",
  "CustomDomain",
  "SmsConfigurationFailure",
  "EmailConfigurationFailure",
]);

/**
 * The members of a described pool that this version does not know, as paths such as `Policies.NewPolicy`. An update
 * would drop them, and AWS would reset them.
 */
export function unknownSettings(pool: JsonObject): string[] {
  return Object.entries(pool).flatMap(([name, value]) =>
    POOL_FACTS.has(name) ? [] : unknownIn(value, POOL_SETTINGS[name], name),
  );
}

function unknownIn(value: unknown, shape: Shape | undefined, path: string): string[] {
  if (isUnset(value)) return [];
  if (shape === undefined) return [path];
  if (Array.isArray(value)) return [...new Set(value.flatMap((item) => unknownIn(item, shape, path)))];
  if (shape === "value") return typeof value === "object" ? [path] : [];
  // Where members are expected, a plain value is unknown too.
  if (typeof value !== "object" || value === null) return [path];
  return Object.entries(value).flatMap(([member, inner]) =>
    unknownIn(
      inner,
      shape["*"] ?? (Object.hasOwn(shape, member) ? shape[member] : undefined),
      `${path}.${member}`,
    ),
  );
}

/**
 * The UpdateUserPool request that changes nothing: it repeats every setting of a described pool.
 *
 * - `Name` is called `PoolName` in the request.
 * - Tags of AWS (`aws:...`) cannot be set; they stay.
 * - `UnusedAccountValidityDays` is the old name of `TemporaryPasswordValidityDays`, and AWS refuses both together.
 * - Empty values are left out: a `DeviceConfiguration` without members, for example, would switch devices on.
 */
export function updateRequestOf(pool: JsonObject): JsonObject {
  const { Name, ...settings } = Object.fromEntries(
    Object.entries(pool).filter(([name]) => Object.hasOwn(POOL_SETTINGS, name)),
  );
  const request = {
    ...settings,
    UserPoolId: pool["Id"],
    PoolName: Name,
    UserPoolTags: ownTags(settings["UserPoolTags"]),
    AdminCreateUserConfig: invitations(settings),
  };
  return objectOf(withoutUnset(request));
}

function ownTags(tags: unknown): JsonObject {
  return Object.fromEntries(Object.entries(objectOf(tags)).filter(([key]) => !key.startsWith("aws:")));
}

function invitations(settings: JsonObject): JsonObject {
  const { UnusedAccountValidityDays, ...rest } = objectOf(settings["AdminCreateUserConfig"]);
  const password = objectOf(objectOf(settings["Policies"])["PasswordPolicy"]);
  return password["TemporaryPasswordValidityDays"] === undefined
    ? { ...rest, UnusedAccountValidityDays }
    : rest;
}

/** The value without empty members: null, `""`, `{}` and `[]`. Undefined if nothing remains. */
export function withoutUnset(value: unknown): unknown {
  if (isUnset(value)) return undefined;
  if (Array.isArray(value)) return value.map(withoutUnset);
  if (typeof value !== "object" || value === null) return value;
  const members = Object.entries(value).flatMap(([name, inner]): [string, unknown][] => {
    const kept = withoutUnset(inner);
    return kept === undefined ? [] : [[name, kept]];
  });
  return members.length === 0 ? undefined : Object.fromEntries(members);
}

function isUnset(value: unknown): boolean {
  if (value === undefined || value === null || value === "") return true;
  return typeof value === "object" && Object.keys(value).length === 0;
}
