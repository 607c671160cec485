/**
 * The operations of the Cognito API that AWS takes without credentials: an app in a browser calls these and no others.
 * The rest creates users, puts them in groups, describes the pool: an administrator's program does that.
 */
const FOR_PAGES: ReadonlySet<string> = new Set([
  "AssociateSoftwareToken",
  "ChangePassword",
  "CompleteWebAuthnRegistration",
  "ConfirmDevice",
  "ConfirmForgotPassword",
  "ConfirmSignUp",
  "DeleteUser",
  "DeleteUserAttributes",
  "DeleteWebAuthnCredential",
  "ForgetDevice",
  "ForgotPassword",
  "GetCredentialsForIdentity",
  "GetDevice",
  "GetId",
  "GetTokensFromRefreshToken",
  "GetUser",
  "GetUserAttributeVerificationCode",
  "GetUserAuthFactors",
  "GlobalSignOut",
  "InitiateAuth",
  "ListDevices",
  "ListWebAuthnCredentials",
  "ResendConfirmationCode",
  "RespondToAuthChallenge",
  "RevokeToken",
  "SetUserMFAPreference",
  "SetUserSettings",
  "SignUp",
  "StartWebAuthnRegistration",
  "UpdateAuthEventFeedback",
  "UpdateDeviceStatus",
  "UpdateUserAttributes",
  "VerifySoftwareToken",
  "VerifyUserAttribute",
]);

/** Whether a page of the app may call this at the user pool, and not only programs of this machine. */
export function isForPages(path: string, operation: string | undefined): boolean {
  if (path === "/") return operation === undefined || FOR_PAGES.has(operation);
  return path.startsWith("/oauth2/") || path.includes("/.well-known/");
}
