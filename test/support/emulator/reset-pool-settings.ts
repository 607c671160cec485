/**
 * What `UpdateUserPool` makes of a setting that a call leaves out, on AWS: "If you don't provide a value for an
 * attribute, Amazon Cognito sets it to its default value"
 * (https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_UpdateUserPool.html). The defaults
 * are those of CreateUserPool. The feature plan is not among them: a call without it keeps it.
 */
const DEFAULTS = {
  AccountRecoverySetting: {},
  AdminCreateUserConfig: { AllowAdminCreateUserOnly: false },
  AutoVerifiedAttributes: [],
  DeletionProtection: "INACTIVE",
  DeviceConfiguration: {},
  EmailConfiguration: { EmailSendingAccount: "COGNITO_DEFAULT" },
  LambdaConfig: {},
  MfaConfiguration: "OFF",
  Policies: {
    PasswordPolicy: {
      MinimumLength: 8,
      RequireUppercase: true,
      RequireLowercase: true,
      RequireNumbers: true,
      RequireSymbols: true,
      TemporaryPasswordValidityDays: 7,
    },
  },
  SmsConfiguration: {},
  UserAttributeUpdateSettings: {},
  UserPoolAddOns: {},
  UserPoolTags: {},
  VerificationMessageTemplate: {},
} as const;

/** The body of the call as the emulator has to get it, to do what AWS does: it keeps what a call leaves out. */
export function withResetSettings(body: string): string {
  return JSON.stringify({ ...DEFAULTS, ...(JSON.parse(body) as object) });
}
