/** What an operation that is there does otherwise than on AWS: a sentence each. What all share is above the table. */
export const DIFFERENCES: Readonly<Record<string, string>> = {
  AdminDisableProviderForUser: "a user with a password is refused: only accounts of providers are unlinked",
  AdminInitiateAuth:
    "the challenge `WEB_AUTHN` and the parameters of devices and of re-authentication are refused",
  AdminLinkProviderForUser: "`ProviderAttributeName` can only be `Cognito_Subject`",
  AdminRespondToAuthChallenge: "`WEB_AUTHN`, the challenges of devices and their `DEVICE_KEY` are refused",
  AdminSetUserMFAPreference: "`WebAuthnMfaSettings` is refused",
  DescribeIdentityProvider: "without `ProviderDetails` and dates",
  DescribeUserPool: "what the configuration says, without dates, domain and the settings of mail and SMS",
  DescribeUserPoolClient: "lifetimes are in seconds, without dates",
  GetTokensFromRefreshToken: "`DeviceKey` is refused",
  GetUserPoolMfaConfig: "without the settings of SMS, mail and passkeys",
  InitiateAuth:
    "the challenge `WEB_AUTHN` and the parameters of devices and of re-authentication are refused",
  ListIdentityProviders: "without dates",
  ListResourceServers: "those that the scopes of app clients name",
  ListUserPoolClients: "the filter `ClientType` is refused",
  ListUserPools: "this pool only, without dates",
  RespondToAuthChallenge: "`WEB_AUTHN`, the challenges of devices and their `DEVICE_KEY` are refused",
  RevokeToken: "`RevokeAssociatedSessions: LINKED` is refused",
  SetUserMFAPreference: "`WebAuthnMfaSettings` is refused",
};
