/**
 * The local names for values that a deployment gets from AWS. They are well-formed, since aws-jwt-verify checks the
 * form of a pool id, and they belong to no real account.
 */
export const LOCAL = {
  region: "us-east-1",
  accountId: "000000000000",
  userPoolId: "us-east-1_LocalPool",
  issuer: "https://cognito-idp.us-east-1.amazonaws.com/us-east-1_LocalPool",
  /** Logical name of an app client in serverless.yml -> its id. */
  appClients: {
    web: "localwebclient000000000001",
    reporting: "localreportingclient000001",
  },
  /** Identity provider -> the e-mail domains that it is trusted for; the sample events sign in with it. */
  trustedProviders: {
    Google: ["example.com"],
    SignInWithApple: ["example.com", "privaterelay.appleid.com"],
    Facebook: ["example.com"],
    LoginWithAmazon: ["example.com"],
    ExampleId: ["example.com"],
    ExampleCorp: ["example.com"],
  },
} as const;
