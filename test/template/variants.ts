import {
  CLASSIC_PAGES,
  type Edit,
  EVERY_PROVIDER,
  MFA_REQUIRED,
  NO_MFA,
  NO_ROTATION,
  NO_SELF_SIGN_UP,
  POOL,
  RECOVERY_BY_ADMINISTRATOR,
  SERVICE,
} from "../support/service-edits.ts";

const GATEWAYS = "resources/gateways.yml";

/** A stage as it may be deployed. A new switch of serverless.yml is a line in `minimal` and in `everything`. */
export interface Variant {
  readonly name: string;
  readonly stage: string;
  /** What `--param` is given. */
  readonly params: readonly string[];
  /** What its owner has changed in the files. */
  readonly edits?: readonly Edit[];
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
      "machineClient=false",
      "identityPool=false",
      "userFiles=false",
      "restApi=false",
    ],
    edits: [
      { file: POOL, was: "LambdaVersion: V3_0", is: "LambdaVersion: V2_0" },
      NO_SELF_SIGN_UP,
      ...NO_MFA,
      RECOVERY_BY_ADMINISTRATOR,
      ...CLASSIC_PAGES,
      ...NO_ROTATION,
      { file: GATEWAYS, was: / {6}AccessLogSettings:\n( {8}.*\n)+/g, is: "" },
      { file: GATEWAYS, was: / {2}HttpApiAccessLogs:\n( {4}.*\n)+/g, is: "" },
    ],
    keepsUsers: false,
  },
  { name: "dev", stage: "dev", params: [], keepsUsers: false },
  { name: "prod", stage: "prod", params: [], keepsUsers: true },
  {
    name: "everything",
    stage: "prod",
    params: [
      "linkFederatedUsers=true",
      "scopePrefix=orders-api/",
      'trustedProviders={"Google":["example.com"],"SignInWithApple":[],"Facebook":[],"LoginWithAmazon":[],"ExampleId":["example.com"],"ExampleCorp":[]}',
      "mfaSms=true",
      "advancedSecurity=enforced",
      "sesIdentityArn=arn:aws:ses:us-east-1:111122223333:identity/example.com",
      "emailFrom=no-reply@example.com",
      "customDomain=auth.example.com",
      "customDomainCertificateArn=arn:aws:acm:us-east-1:111122223333:certificate/0123abcd-0123-0123-0123-0123456789ab",
      "callbackUrls=https://app.example.com/callback",
      "logoutUrls=https://app.example.com/",
      "guestAccess=true",
      "roleMapping=rules",
      "websocketApi=true",
      "sharedAuthorizers=true",
      "restTokenAuthorizer=true",
      "httpV1Authorizer=true",
      "httpPolicyAuthorizer=true",
      "appSyncAuthorizer=true",
      "corsOrigins=https://app.example.com",
      "restAccessLogs=create",
      "tokenMemo=1000",
      "revocation=true",
      "tracing=true",
      "reservedConcurrency=10",
      "provisionedConcurrency=1",
      "alarmEmail=ops@example.com",
    ],
    edits: [
      { file: SERVICE, was: 'CLAIMGATE_AUTO_CONFIRM: "false"', is: 'CLAIMGATE_AUTO_CONFIRM: "true"' },
      { file: SERVICE, was: 'CLAIMGATE_APPSYNC_TTL: "0"', is: 'CLAIMGATE_APPSYNC_TTL: "60"' },
      ...EVERY_PROVIDER,
      { file: "resources/federation/facebook.yml", was: "# api_version", is: "api_version" },
      { file: "resources/federation/saml.yml", was: "# RequestSigning", is: "RequestSigning" },
      { file: "resources/federation/saml.yml", was: "# email_verified", is: "email_verified" },
      ...MFA_REQUIRED,
      RECOVERY_BY_ADMINISTRATOR,
      { file: POOL, was: "# PasswordHistorySize", is: "PasswordHistorySize" },
      { file: POOL, was: "# ReplyToEmailAddress", is: "ReplyToEmailAddress" },
      { file: POOL, was: /Domain: !Sub ".*"/g, is: "Domain: claimgate-example" },
      { file: "resources/identity-pool.yml", was: ": AuthenticatedRole\n", is: ": Deny\n" },
    ],
    keepsUsers: true,
  },
  {
    name: "revocation list",
    stage: "prod",
    params: [
      "existingUserPoolId=us-east-1_MAIN",
      'existingAppClients={"web":"5h57kf5cpq17m0eml12EXAMPLE"}',
      "healGroups=false",
      "identityPool=false",
      "userFiles=false",
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
