import type { JsonObject } from "../../../json.ts";
import type { AttributeConfig, PoolConfig } from "../config/pool-config.ts";
import type { Operation, Operations } from "./operation.ts";
import { pageOf } from "./page.ts";
import { inPool } from "./request.ts";

/** `DescribeUserPool`: what the pool was opened with. */
const describeUserPool: Operation = async ({ config, users }) => ({
  UserPool: {
    ...head(config),
    Arn: `arn:aws:cognito-idp:${config.place.region}:${config.place.accountId}:userpool/${config.place.userPoolId}`,
    Policies: policies(config),
    DeletionProtection: "INACTIVE",
    SchemaAttributes: config.schema.map(schemaAttribute),
    AutoVerifiedAttributes: config.autoVerifiedAttributes,
    ...(config.aliasAttributes.length === 0 ? {} : { AliasAttributes: config.aliasAttributes }),
    ...(config.usernameAttributes.length === 0 ? {} : { UsernameAttributes: config.usernameAttributes }),
    UsernameConfiguration: { CaseSensitive: config.usernameCaseSensitive },
    ...messageTemplates(config),
    UserAttributeUpdateSettings: { AttributesRequireVerificationBeforeUpdate: config.verifyBeforeUpdate },
    MfaConfiguration: config.mfa.mode,
    EstimatedNumberOfUsers: users.size,
    AdminCreateUserConfig: adminCreateUserConfig(config),
    AccountRecoverySetting: {
      RecoveryMechanisms: config.recovery.map((Name, index) => ({ Priority: index + 1, Name })),
    },
    UserPoolTier: config.tier,
  },
});

/** `ListUserPools`: this one. */
const listUserPools: Operation = async ({ config }, request) => {
  const { items, next } = pageOf([config], request, "MaxResults", "NextToken");
  return { UserPools: items.map(head), ...(next === undefined ? {} : { NextToken: next }) };
};

const getUserPoolMfaConfig: Operation = async ({ config: { mfa } }) => ({
  MfaConfiguration: mfa.mode,
  ...(mfa.mode === "OFF"
    ? {}
    : {
        SoftwareTokenMfaConfiguration: { Enabled: mfa.methods.includes("SOFTWARE_TOKEN_MFA") },
        ...(mfa.methods.includes("SMS_MFA") ? { SmsMfaConfiguration: {} } : {}),
        ...(mfa.methods.includes("EMAIL_OTP") ? { EmailMfaConfiguration: {} } : {}),
      }),
});

function head({ place, name, triggers, preTokenVersion }: PoolConfig): JsonObject {
  // Which function it is, the pool does not know; that there is one, it does.
  const arn = (trigger: string) => `arn:aws:lambda:${place.region}:${place.accountId}:function:${trigger}`;
  const functions = Object.fromEntries([...triggers].map((trigger) => [trigger, arn(trigger)]));
  const versioned = triggers.has("PreTokenGeneration")
    ? { PreTokenGenerationConfig: { LambdaArn: arn("PreTokenGeneration"), LambdaVersion: preTokenVersion } }
    : {};
  const objects = Object.fromEntries(
    (["CustomEmailSender", "CustomSMSSender", "InboundFederation"] as const)
      .filter((trigger) => triggers.has(trigger))
      .map((trigger) => [trigger, { LambdaArn: arn(trigger), LambdaVersion: "V1_0" }]),
  );
  return { Id: place.userPoolId, Name: name, LambdaConfig: { ...functions, ...versioned, ...objects } };
}

function policies({ passwordPolicy, temporaryPasswordDays, firstFactors }: PoolConfig): JsonObject {
  return {
    PasswordPolicy: {
      MinimumLength: passwordPolicy.minimumLength,
      RequireUppercase: passwordPolicy.uppercase,
      RequireLowercase: passwordPolicy.lowercase,
      RequireNumbers: passwordPolicy.numbers,
      RequireSymbols: passwordPolicy.symbols,
      ...(passwordPolicy.history === 0 ? {} : { PasswordHistorySize: passwordPolicy.history }),
      TemporaryPasswordValidityDays: temporaryPasswordDays,
    },
    SignInPolicy: { AllowedFirstAuthFactors: firstFactors },
  };
}

/** The name of an own attribute has its prefix; limits are text. */
function schemaAttribute(attribute: AttributeConfig): JsonObject {
  const { name, type, mutable, required, minLength, maxLength, minValue, maxValue } = attribute;
  const limit = (key: string, value: number | undefined) =>
    value === undefined ? {} : { [key]: String(value) };
  return {
    Name: name,
    AttributeDataType: type,
    DeveloperOnlyAttribute: name.startsWith("dev:"),
    Mutable: mutable,
    Required: required,
    ...(type === "String"
      ? { StringAttributeConstraints: { ...limit("MinLength", minLength), ...limit("MaxLength", maxLength) } }
      : {}),
    ...(type === "Number"
      ? { NumberAttributeConstraints: { ...limit("MinValue", minValue), ...limit("MaxValue", maxValue) } }
      : {}),
  };
}

function messageTemplates({ messages: { verification, authentication } }: PoolConfig): JsonObject {
  return {
    EmailVerificationSubject: verification.subject,
    EmailVerificationMessage: verification.email,
    SmsVerificationMessage: verification.sms,
    SmsAuthenticationMessage: authentication.sms,
    VerificationMessageTemplate: {
      EmailSubject: verification.subject,
      EmailMessage: verification.email,
      SmsMessage: verification.sms,
      DefaultEmailOption: "CONFIRM_WITH_CODE",
    },
  };
}

function adminCreateUserConfig({ adminCreateUserOnly, temporaryPasswordDays, messages }: PoolConfig) {
  const { subject, email, sms } = messages.invitation;
  return {
    AllowAdminCreateUserOnly: adminCreateUserOnly,
    UnusedAccountValidityDays: temporaryPasswordDays,
    InviteMessageTemplate: { EmailSubject: subject, EmailMessage: email, SMSMessage: sms },
  };
}

export const describePoolOperations: Operations = {
  DescribeUserPool: inPool(describeUserPool),
  ListUserPools: listUserPools,
  GetUserPoolMfaConfig: inPool(getUserPoolMfaConfig),
};
