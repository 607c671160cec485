// Amazon Cognito developer guide, "Understanding the access token"; the claims of an access token by type.

/** Claims of an access token that are strings wherever they are present. */
export const TEXT_CLAIMS: ReadonlySet<string> = new Set([
  "aud",
  "client_id",
  "device_key",
  "event_id",
  "iss",
  "jti",
  "origin_jti",
  "scope",
  "sub",
  "token_use",
  "username",
]);

/** Claims of an access token that are numbers or lists; `roles` is the list that pre-token-generation adds. */
export const NEVER_TEXT_CLAIMS: ReadonlySet<string> = new Set([
  "auth_time",
  "cognito:groups",
  "exp",
  "iat",
  "nbf",
  "roles",
  "version",
]);
