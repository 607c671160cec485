/** A stage as it may be deployed. A new switch of serverless.yml is a line in `minimal` and in `everything`. */
export interface Variant {
  readonly name: string;
  readonly stage: string;
  /** What `--param` is given. */
  readonly params: readonly string[];
  /** Whether its users must survive a deleted stack. */
  readonly keepsUsers: boolean;
}

export const VARIANTS: readonly Variant[] = [
  {
    name: "minimal",
    stage: "dev",
    params: [
      "linkFederatedUsers=false",
      "healGroups=false",
      "preTokenGenerationVersion=V2_0",
      "selfSignUp=false",
      "mfa=off",
      "accountRecovery=admin",
      "signInPages=classic",
      "refreshTokenRotation=false",
      "machineClient=false",
      "identityPool=false",
      "userFiles=false",
      "restApi=false",
      "httpAccessLogs=false",
    ],
    keepsUsers: false,
  },
  { name: "dev", stage: "dev", params: [], keepsUsers: false },
  { name: "prod", stage: "prod", params: [], keepsUsers: true },
  {
    name: "everything",
    stage: "prod",
    params: [
      "autoConfirm=true",
      "linkFederatedUsers=true",
      "scopePrefix=orders-api/",
      'trustedProviders={"Google":["example.com"],"SignInWithApple":[],"Corporate":["example.com"],"Partner":[]}',
      "passwordHistory=5",
      "mfa=required",
      "mfaEmail=true",
      "mfaSms=true",
      "accountRecovery=admin",
      "advancedSecurity=enforced",
      "sesIdentityArn=arn:aws:ses:us-east-1:111122223333:identity/example.com",
      "emailFrom=no-reply@example.com",
      "emailReplyTo=help@example.com",
      "domainPrefix=claimgate-example",
      "customDomain=auth.example.com",
      "customDomainCertificateArn=arn:aws:acm:us-east-1:111122223333:certificate/0123abcd-0123-0123-0123-0123456789ab",
      "callbackUrls=https://app.example.com/callback",
      "logoutUrls=https://app.example.com/",
      "googleClientId=google-client",
      "googleSecret=claimgate/google",
      "appleServicesId=com.example.app",
      "appleTeamId=TEAM",
      "appleKeyId=KEY",
      "appleSecret=claimgate/apple",
      "oidcName=Corporate",
      "oidcIssuer=https://id.example.com",
      "oidcClientId=corporate-client",
      "oidcSecret=claimgate/corporate",
      "samlName=Partner",
      "samlMetadataUrl=https://saml.example.com/metadata",
      "samlEmailVerifiedAttribute=email_verified",
      "samlSignedRequests=true",
      "guestAccess=true",
      "roleMapping=rules",
      "ambiguousRole=Deny",
      "sharedAuthorizers=true",
      "corsOrigins=https://app.example.com",
      "restAccessLogs=create",
      "tokenMemo=1000",
      "revocation=true",
      "tracing=true",
      "triggerConcurrency=10",
      "authorizerWarmth=1",
      "alarmEmail=ops@example.com",
      "alarmDenies=anomaly",
    ],
    keepsUsers: true,
  },
  {
    name: "two pools",
    stage: "prod",
    params: [
      "existingUserPoolId=us-east-1_MAIN",
      'existingAppClients={"web":"5h57kf5cpq17m0eml12EXAMPLE"}',
      "healGroups=false",
      "identityPool=false",
      "userFiles=false",
      "subjectPrefix=main",
      'additionalIssuers=[{"userPoolId":"us-east-1_EXAMPLE","appClients":{"old-web":"1h57kf5cpq17m0eml12EXAMPLE"},"prefix":"legacy"}]',
      "revocation=true",
      "reportOnly=true",
    ],
    keepsUsers: true,
  },
  {
    name: "existing pool",
    stage: "prod",
    params: [
      "existingUserPoolId=us-east-1_EXAMPLE",
      'existingAppClients={"web":"1h57kf5cpq17m0eml12EXAMPLE"}',
      "healGroups=false",
      "identityPool=existing",
    ],
    keepsUsers: true,
  },
];

/** The one that is broken on purpose, in every way. */
export const EVERYTHING = "everything";
