import { CORS_ORIGINS } from "../cors.ts";
import { ON_OFF, type ParameterRule } from "../parameters.ts";
import {
  ADDRESS,
  AMAZON_SCOPES,
  API_VERSION,
  CERTIFICATE,
  CLIENT_ID,
  CUSTOM_DOMAIN,
  DOMAIN_PREFIX,
  FACEBOOK_SCOPES,
  HTTPS_URL,
  POOL_ID,
  PRODUCT_NAME,
  PROVIDER_NAME,
  REDIRECT_URLS,
  SCOPES,
  SECRET_NAME,
  SENDER,
  SES_IDENTITY,
} from "./pool-patterns.ts";

/**
 * Those that osls takes of
 * https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html
 */
const LOG_RETENTION_DAYS =
  "1 3 5 7 14 30 60 90 120 150 180 365 400 545 731 1827 2192 2557 2922 3288 3653".split(" ");

const SPIKE: ParameterRule = {
  pattern: { test: /^([1-9]\d{0,6}|anomaly)$/, expected: "a whole number from 1 on, or `anomaly`" },
};

/**
 * What each parameter of serverless.yml may be. Its meaning is said where it is set: `params.default` of
 * serverless.yml, and docs/deploying.md.
 */
export const PARAMETER_RULES: ReadonlyMap<string, ParameterRule> = new Map<string, ParameterRule>([
  // Triggers and tokens
  ["autoConfirm", ON_OFF],
  ["linkFederatedUsers", ON_OFF],
  ["healGroups", ON_OFF],
  ["preTokenGenerationVersion", { values: ["V2_0", "V3_0"] }],

  // User pool
  ["existingUserPoolId", POOL_ID],
  ["allProvidersListed", ON_OFF],
  ["deletionProtection", { values: ["ACTIVE", "INACTIVE"] }],
  ["removalPolicy", { values: ["Delete", "Retain"] }],
  ["selfSignUp", ON_OFF],
  ["passwordMinimumLength", { range: [8, 99] }],
  ["passwordHistory", { range: [0, 24] }],
  ["mfa", { values: ["off", "optional", "required"] }],
  ["mfaTotp", ON_OFF],
  ["mfaEmail", ON_OFF],
  ["mfaSms", ON_OFF],
  ["accountRecovery", { values: ["email", "email-or-phone", "phone", "admin"] }],
  ["advancedSecurity", { values: ["off", "audit", "enforced"] }],
  ["productName", PRODUCT_NAME],
  ["sesIdentityArn", SES_IDENTITY],
  ["emailFrom", SENDER],
  ["emailReplyTo", ADDRESS],

  // Sign-in and app clients
  ["signInPages", { values: ["managed", "classic"] }],
  ["domainPrefix", DOMAIN_PREFIX],
  ["customDomain", CUSTOM_DOMAIN],
  ["customDomainCertificateArn", CERTIFICATE],
  ["callbackUrls", REDIRECT_URLS],
  ["logoutUrls", REDIRECT_URLS],
  ["accessTokenMinutes", { range: [5, 1440] }],
  ["idTokenMinutes", { range: [5, 1440] }],
  ["refreshTokenDays", { range: [1, 3650] }],
  ["refreshTokenRotation", ON_OFF],
  ["refreshTokenGraceSeconds", { range: [0, 60] }],
  ["machineClient", ON_OFF],

  // Federation
  ["googleClientId", CLIENT_ID],
  ["googleSecret", SECRET_NAME],
  ["appleServicesId", CLIENT_ID],
  ["appleTeamId", CLIENT_ID],
  ["appleKeyId", CLIENT_ID],
  ["appleSecret", SECRET_NAME],
  ["facebookAppId", CLIENT_ID],
  ["facebookSecret", SECRET_NAME],
  ["facebookScopes", FACEBOOK_SCOPES],
  ["facebookApiVersion", API_VERSION],
  ["amazonClientId", CLIENT_ID],
  ["amazonSecret", SECRET_NAME],
  ["amazonScopes", AMAZON_SCOPES],
  ["oidcName", PROVIDER_NAME],
  ["oidcIssuer", HTTPS_URL],
  ["oidcClientId", CLIENT_ID],
  ["oidcSecret", SECRET_NAME],
  ["oidcScopes", SCOPES],
  ["samlName", PROVIDER_NAME],
  ["samlMetadataUrl", HTTPS_URL],
  ["samlSignedRequests", ON_OFF],

  // Groups
  ["groupsFromPolicy", ON_OFF],

  // Identity pool
  ["identityPool", { values: ["true", "false", "existing"] }],
  ["guestAccess", ON_OFF],
  ["roleMapping", { values: ["token", "rules"] }],
  ["ambiguousRole", { values: ["AuthenticatedRole", "Deny"] }],
  ["userFiles", ON_OFF],

  // APIs
  ["httpApi", ON_OFF],
  ["restApi", ON_OFF],
  ["websocketApi", ON_OFF],
  ["tokenPlace", { values: ["subprotocol", "header", "query"] }],
  ["sharedAuthorizers", ON_OFF],
  ["restTokenAuthorizer", ON_OFF],
  ["httpV1Authorizer", ON_OFF],
  ["httpPolicyAuthorizer", ON_OFF],
  ["appSyncAuthorizer", ON_OFF],
  ["wholeApiAnswer", ON_OFF],
  ["restCacheSeconds", { range: [0, 3_600] }],
  ["appSyncCacheSeconds", { range: [0, 3_600] }],
  ["corsOrigins", CORS_ORIGINS],
  // More than API Gateway gives an account: it would only look like a limit.
  // https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html
  ["throttleRate", { range: [1, 10_000] }],
  ["throttleBurst", { range: [1, 5_000] }],
  ["httpAccessLogs", ON_OFF],
  ["restAccessLogs", { values: ["off", "account", "create"] }],

  // Tokens that count
  ["issuerForms", { values: ["original", "updated", "original,updated", "updated,original"] }],
  ["tokenMemo", { range: [0, 100_000] }],
  ["revocation", ON_OFF],
  ["revocationOnFailure", { values: ["closed", "open"] }],
  ["reportOnly", ON_OFF],

  // Operations
  ["logInputs", { values: ["plain", "hashed"] }],
  ["logRetentionDays", { values: LOG_RETENTION_DAYS }],
  // https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
  ["memorySize", { range: [128, 10_240] }],
  ["tracing", ON_OFF],
  [
    "reservedConcurrency",
    { pattern: { test: /^[1-9]\d{0,4}$/, expected: "a whole number from 1 on, or nothing" } },
  ],
  ["provisionedConcurrency", { range: [0, 1_000] }],
  ["alarms", ON_OFF],
  [
    "alarmEmail",
    { pattern: { test: /^[^\s@,]+@[^\s@,.]+(?:\.[^\s@,.]+)+$/, expected: "one e-mail address, or nothing" } },
  ],
  [
    "alarmTopicArn",
    {
      pattern: {
        test: /^arn:aws[a-z-]*:sns:[a-z0-9-]+:\d{12}:[\w-]+$/,
        expected: "the ARN of an SNS topic, or nothing",
      },
    },
  ],
  ["alarmTriggerMs", { range: [100, 5_000] }],
  ["alarmServerErrors", { range: [1, 1_000_000] }],
  ["alarmDenies", SPIKE],
  ["alarmRefusedTokens", SPIKE],
  ["alarmRefusedSignUps", SPIKE],
  ["dashboard", ON_OFF],
]);
