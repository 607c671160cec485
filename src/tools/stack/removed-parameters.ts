/** The current place of a value that was a parameter: a key or logical name, and the file that contains it. */
type Place = readonly [key: string, file: string];

const SERVICE = "serverless.yml";
const POOL = "resources/user-pool.yml";
const CLIENTS = "resources/app-clients.yml";
const GATEWAYS = "resources/gateways.yml";
const provider = (name: string) => `resources/federation/${name}.yml`;

/** Parameters of former versions whose values are plain ones now (docs/adr/0043-fewer-parameters.md). */
export const REMOVED_PARAMETERS: Readonly<Record<string, Place>> = {
  autoConfirm: ["CLAIMGATE_AUTO_CONFIRM", SERVICE],
  copiedClaims: ["CLAIMGATE_COPIED_CLAIMS", SERVICE],
  tokenBudget: ["CLAIMGATE_TOKEN_BUDGET", SERVICE],
  preTokenGenerationVersion: ["LambdaVersion", POOL],
  allProvidersListed: ["CLAIMGATE_ALL_PROVIDERS_LISTED", SERVICE],
  selfSignUp: ["AllowAdminCreateUserOnly", POOL],
  passwordMinimumLength: ["MinimumLength", POOL],
  passwordHistory: ["PasswordHistorySize", POOL],
  mfa: ["MfaConfiguration", POOL],
  mfaTotp: ["EnabledMfas", POOL],
  mfaEmail: ["EnabledMfas", POOL],
  accountRecovery: ["AccountRecoverySetting", POOL],
  productName: ["productName", SERVICE],
  emailReplyTo: ["ReplyToEmailAddress", POOL],
  signInPages: ["ManagedLoginVersion", POOL],
  domainPrefix: ["UserPoolDomain", POOL],
  accessTokenMinutes: ["AccessTokenValidity", CLIENTS],
  idTokenMinutes: ["IdTokenValidity", CLIENTS],
  refreshTokenDays: ["RefreshTokenValidity", CLIENTS],
  refreshTokenRotation: ["RefreshTokenRotation", CLIENTS],
  refreshTokenGraceSeconds: ["RetryGracePeriodSeconds", CLIENTS],
  googleClientId: ["client_id", provider("google")],
  googleSecret: ["client_secret", provider("google")],
  appleServicesId: ["client_id", provider("apple")],
  appleTeamId: ["team_id", provider("apple")],
  appleKeyId: ["key_id", provider("apple")],
  appleSecret: ["private_key", provider("apple")],
  facebookAppId: ["client_id", provider("facebook")],
  facebookSecret: ["client_secret", provider("facebook")],
  facebookScopes: ["authorize_scopes", provider("facebook")],
  facebookApiVersion: ["api_version", provider("facebook")],
  amazonClientId: ["client_id", provider("amazon")],
  amazonSecret: ["client_secret", provider("amazon")],
  amazonScopes: ["authorize_scopes", provider("amazon")],
  oidcName: ["ProviderName", provider("oidc")],
  oidcIssuer: ["oidc_issuer", provider("oidc")],
  oidcClientId: ["client_id", provider("oidc")],
  oidcSecret: ["client_secret", provider("oidc")],
  oidcScopes: ["authorize_scopes", provider("oidc")],
  oidcEmailVerifiedClaim: ["email_verified", provider("oidc")],
  samlName: ["ProviderName", provider("saml")],
  samlMetadataUrl: ["MetadataURL", provider("saml")],
  samlEmailAttribute: ["email", provider("saml")],
  samlNameAttribute: ["name", provider("saml")],
  samlEmailVerifiedAttribute: ["email_verified", provider("saml")],
  samlSignedRequests: ["RequestSigningAlgorithm", provider("saml")],
  ambiguousRole: ["AmbiguousRoleResolution", "resources/identity-pool.yml"],
  websocketToken: ["CLAIMGATE_TOKEN_PLACE", SERVICE],
  restAnswer: ["CLAIMGATE_WHOLE_API_ANSWER", SERVICE],
  restCacheSeconds: ["resultTtlInSeconds", SERVICE],
  appSyncCacheSeconds: ["CLAIMGATE_APPSYNC_TTL", SERVICE],
  throttleRate: ["ThrottlingRateLimit", GATEWAYS],
  throttleBurst: ["ThrottlingBurstLimit", GATEWAYS],
  httpAccessLogs: ["AccessLogSettings", GATEWAYS],
  issuerForms: ["CLAIMGATE_ISSUER_FORMS", SERVICE],
  revocationOnFailure: ["CLAIMGATE_REVOCATION_ON_FAILURE", SERVICE],
  logRetentionDays: ["logRetentionInDays", SERVICE],
  memorySize: ["memorySize", SERVICE],
  alarmTriggerMs: ["alarmThresholds", SERVICE],
  alarmServerErrors: ["alarmThresholds", SERVICE],
  alarmDenies: ["alarmThresholds", SERVICE],
  alarmRefusedTokens: ["alarmThresholds", SERVICE],
  alarmRefusedSignUps: ["alarmThresholds", SERVICE],
};

/** Former name -> name. */
const RENAMED: Readonly<Record<string, string>> = {
  subjectPrefix: "poolAlias",
  triggerConcurrency: "reservedConcurrency",
  authorizerWarmth: "provisionedConcurrency",
};

/** What became of a parameter of a former version, and what to do; undefined for any other name. */
export function removedParameter(name: string): string | undefined {
  if (name === "dashboard") return "was removed with the dashboard; delete it";
  if (Object.hasOwn(RENAMED, name)) return `was renamed to \`${RENAMED[name]}\`; rename it`;
  if (!Object.hasOwn(REMOVED_PARAMETERS, name)) return undefined;
  const [key, file] = REMOVED_PARAMETERS[name] ?? [];
  return `was removed; set \`${key}\` in \`${file}\` instead, or give a parameter of your own another name`;
}
