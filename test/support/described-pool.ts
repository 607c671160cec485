import { type JsonObject, objectOf } from "../../src/json.ts";

const LAMBDA = "arn:aws:lambda:us-east-1:111122223333:function";

/** The functions of a deployed stage. */
export const FUNCTIONS = {
  PreSignUp: `${LAMBDA}:claimgate-dev-preSignUp`,
  PostConfirmation: `${LAMBDA}:claimgate-dev-postConfirmation`,
  PreTokenGeneration: `${LAMBDA}:claimgate-dev-preTokenGeneration`,
};

export const ELSEWHERE = `${LAMBDA}:something-else`;

const POOL_ID = "us-east-1_EXAMPLE01";

/** A user pool that a team has had for years, as DescribeUserPool shows it. */
export function describedPool(changes: JsonObject = {}): JsonObject {
  return {
    Id: POOL_ID,
    Name: "customers",
    Arn: `arn:aws:cognito-idp:us-east-1:111122223333:userpool/${POOL_ID}`,
    CreationDate: 1_600_000_000.123,
    LastModifiedDate: 1_700_000_000.456,
    EstimatedNumberOfUsers: 48_211,
    Policies: {
      PasswordPolicy: {
        MinimumLength: 10,
        RequireUppercase: true,
        RequireLowercase: true,
        RequireNumbers: true,
        RequireSymbols: false,
        PasswordHistorySize: 5,
        TemporaryPasswordValidityDays: 14,
      },
      SignInPolicy: { AllowedFirstAuthFactors: ["PASSWORD", "EMAIL_OTP"] },
    },
    DeletionProtection: "ACTIVE",
    LambdaConfig: {
      CustomMessage: `${LAMBDA}:letters`,
      KMSKeyID: "arn:aws:kms:us-east-1:111122223333:key/k",
    },
    SchemaAttributes: [
      { Name: "sub", AttributeDataType: "String", Mutable: false, Required: true },
      { Name: "email", AttributeDataType: "String", Mutable: true, Required: true },
    ],
    AutoVerifiedAttributes: ["email"],
    UsernameAttributes: ["email"],
    UsernameConfiguration: { CaseSensitive: false },
    VerificationMessageTemplate: {
      DefaultEmailOption: "CONFIRM_WITH_CODE",
      EmailMessage: "Your code: {####}",
    },
    UserAttributeUpdateSettings: { AttributesRequireVerificationBeforeUpdate: ["email"] },
    MfaConfiguration: "OPTIONAL",
    DeviceConfiguration: { ChallengeRequiredOnNewDevice: true, DeviceOnlyRememberedOnUserPrompt: false },
    EmailConfiguration: {
      EmailSendingAccount: "DEVELOPER",
      SourceArn: "arn:aws:ses:us-east-1:111122223333:identity/example.com",
    },
    SmsConfiguration: {
      SnsCallerArn: "arn:aws:iam::111122223333:role/sms",
      ExternalId: "x",
      SnsRegion: "us-east-1",
    },
    UserPoolTags: { team: "identity" },
    Domain: "customers",
    AdminCreateUserConfig: {
      AllowAdminCreateUserOnly: false,
      UnusedAccountValidityDays: 14,
      InviteMessageTemplate: { EmailSubject: "Welcome", EmailMessage: "{username} {####}" },
    },
    UserPoolAddOns: { AdvancedSecurityMode: "AUDIT" },
    AccountRecoverySetting: { RecoveryMechanisms: [{ Priority: 1, Name: "verified_email" }] },
    UserPoolTier: "ESSENTIALS",
    ...changes,
  };
}

/** Fields of a described pool that an update cannot reach, as AWS documents them. */
const FIXED = [
  "Id",
  "Arn",
  "CreationDate",
  "EstimatedNumberOfUsers",
  "SchemaAttributes",
  "AliasAttributes",
  "UsernameAttributes",
  "UsernameConfiguration",
  "Domain",
  "CustomDomain",
  "Status",
];

/**
 * What UpdateUserPool makes of a pool, by the letter of AWS's warning: a setting that the request does not say
 * goes back to its default, here to nothing. It throws where AWS refuses.
 */
export function updatedPool(pool: JsonObject, request: JsonObject): JsonObject {
  const { UserPoolId, PoolName, ...settings } = request;
  if (UserPoolId !== pool["Id"]) throw new Error("another pool");
  const days = objectOf(objectOf(settings["Policies"])["PasswordPolicy"])["TemporaryPasswordValidityDays"];
  const invitations = objectOf(settings["AdminCreateUserConfig"]);
  if (days !== undefined && invitations["UnusedAccountValidityDays"] !== undefined) {
    throw new Error(
      "Please use TemporaryPasswordValidityDays in PasswordPolicy instead of UnusedAccountValidityDays",
    );
  }
  const tags = objectOf(settings["UserPoolTags"]);
  if (Object.keys(tags).some((key) => key.startsWith("aws:"))) {
    throw new Error("aws: prefixed tag key names are not allowed for external use");
  }
  const systemTags = Object.entries(objectOf(pool["UserPoolTags"])).filter(([key]) => key.startsWith("aws:"));
  return {
    ...Object.fromEntries(FIXED.flatMap((name) => (name in pool ? [[name, pool[name]]] : []))),
    ...settings,
    Name: PoolName,
    LastModifiedDate: 1_800_000_000,
    UserPoolTags: { ...tags, ...Object.fromEntries(systemTags) },
    AdminCreateUserConfig:
      days === undefined ? invitations : { ...invitations, UnusedAccountValidityDays: days },
  };
}
