import { CORS_ORIGINS } from "../cors.ts";
import { ON_OFF, type ParameterRule } from "../parameters.ts";
import { CERTIFICATE, CUSTOM_DOMAIN, POOL_ID, REDIRECT_URLS, SENDER, SES_IDENTITY } from "./pool-patterns.ts";

/**
 * The valid values of each parameter of serverless.yml. `params.default` of serverless.yml and docs/deploying.md
 * describe its meaning.
 */
export const PARAMETER_RULES: ReadonlyMap<string, ParameterRule> = new Map<string, ParameterRule>([
  // Triggers and tokens
  ["linkFederatedUsers", ON_OFF],
  ["healGroups", ON_OFF],

  // User pool
  ["existingUserPoolId", POOL_ID],
  ["deletionProtection", { values: ["ACTIVE", "INACTIVE"] }],
  ["removalPolicy", { values: ["Delete", "Retain"] }],
  ["mfaSms", ON_OFF],
  ["advancedSecurity", { values: ["off", "audit", "enforced"] }],
  ["sesIdentityArn", SES_IDENTITY],
  ["emailFrom", SENDER],

  // Sign-in and app clients
  ["customDomain", CUSTOM_DOMAIN],
  ["customDomainCertificateArn", CERTIFICATE],
  ["callbackUrls", REDIRECT_URLS],
  ["logoutUrls", REDIRECT_URLS],
  ["machineClient", ON_OFF],

  // Groups
  ["groupsFromPolicy", ON_OFF],

  // Identity pool
  ["identityPool", { values: ["true", "false", "existing"] }],
  ["guestAccess", ON_OFF],
  ["roleMapping", { values: ["token", "rules"] }],
  ["userFiles", ON_OFF],

  // APIs
  ["httpApi", ON_OFF],
  ["restApi", ON_OFF],
  ["websocketApi", ON_OFF],
  ["sharedAuthorizers", ON_OFF],
  ["restTokenAuthorizer", ON_OFF],
  ["httpV1Authorizer", ON_OFF],
  ["httpPolicyAuthorizer", ON_OFF],
  ["appSyncAuthorizer", ON_OFF],
  ["corsOrigins", CORS_ORIGINS],
  ["restAccessLogs", { values: ["off", "account", "create"] }],

  // Tokens that count
  ["tokenMemo", { range: [0, 100_000] }],
  ["revocation", ON_OFF],
  ["reportOnly", ON_OFF],

  // Operations
  ["logInputs", { values: ["plain", "hashed"] }],
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
]);

/** Every parameter of claimgate. The combination rules check the values of those that have no rule of their own. */
export const PARAMETER_NAMES: ReadonlySet<string> = new Set([
  ...PARAMETER_RULES.keys(),
  "additionalIssuers",
  "apiDomains",
  "existingAppClients",
  "poolAlias",
  "scopePrefix",
  "trustedProviders",
]);
