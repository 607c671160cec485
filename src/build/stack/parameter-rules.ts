import { ON_OFF, type ParameterRule } from "./parameters.ts";
import {
  ADDRESS,
  CERTIFICATE,
  CLIENT_ID,
  CUSTOM_DOMAIN,
  DOMAIN_PREFIX,
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
  ["oidcName", PROVIDER_NAME],
  ["oidcIssuer", HTTPS_URL],
  ["oidcClientId", CLIENT_ID],
  ["oidcSecret", SECRET_NAME],
  ["oidcScopes", SCOPES],
  ["samlName", PROVIDER_NAME],
  ["samlMetadataUrl", HTTPS_URL],
  ["samlSignedRequests", ON_OFF],

  // Groups

  // Identity pool

  // APIs

  // Operations
  ["logInputs", { values: ["plain", "hashed"] }],
]);
