import { textOf } from "../../../json.ts";
import { CognitoError, notSimulated } from "../cognito-error.ts";
import { existingUser, type Operation, requiredText } from "../operations/operation.ts";
import { inPool } from "../operations/request.ts";
import { clientOf } from "../pool.ts";
import { tokenCaller } from "../tokens/access-token-guard.ts";
import { isClientSecret } from "./secret-hash.ts";

/** Three parts of a JWT: an access token or an ID token. */
const JWT = /^eyJ[\w-]*\.[\w-]+\.[\w-]+$/;

/**
 * `RevokeToken`: ends the sign-in of a refresh token, with every refresh and access token of it. A token of
 * another client ends nothing, and is not an error.
 * https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_RevokeToken.html
 */
export const revokeToken: Operation = (pool, request) => {
  const client = clientOf(pool.config, requiredText(request, "ClientId"));
  const token = requiredText(request, "Token");
  if (textOf(request["RevokeAssociatedSessions"]) === "LINKED") {
    throw notSimulated("RevokeAssociatedSessions LINKED");
  }
  if (!isClientSecret(client, textOf(request["ClientSecret"]))) {
    throw new CognitoError(
      "UnauthorizedException",
      `Unable to verify the client secret of client ${client.id}`,
    );
  }
  if (!client.enableTokenRevocation) {
    throw new CognitoError(
      "UnsupportedOperationException",
      "Token revocation is not enabled for this client",
    );
  }
  if (JWT.test(token)) {
    throw new CognitoError("UnsupportedTokenTypeException", "Only refresh tokens can be revoked");
  }
  const signIn = pool.signIns.byToken(token);
  if (signIn?.clientId === client.id) pool.signIns.end(signIn);
  return Promise.resolve({});
};

/** `GlobalSignOut`: ends every sign-in of the user whose access token it is. */
export const globalSignOut: Operation = (pool, request) => {
  const { user } = tokenCaller(pool, requiredText(request, "AccessToken"));
  pool.signIns.endAllOf(user.username);
  return Promise.resolve({});
};

/** `AdminUserGlobalSignOut`: the same, by an administrator. */
export const adminUserGlobalSignOut = inPool((pool, request) => {
  const user = existingUser(pool, requiredText(request, "Username"));
  pool.signIns.endAllOf(user.username);
  return Promise.resolve({});
});
