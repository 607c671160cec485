import { textOf } from "../../../json.ts";
import { notAuthorized, notSimulated } from "../cognito-error.ts";
import type { ClientConfig } from "../config/pool-config.ts";
import { type Operation, requiredText } from "../operations/operation.ts";
import { metadataOf } from "../operations/request.ts";
import { clientOf, type Pool } from "../pool.ts";
import { continueSignIn, type UserTokens } from "../tokens/sign-in-tokens.ts";
import { authenticationResult } from "./authentication-result.ts";
import { assertSecretHash, isClientSecret } from "./secret-hash.ts";

/**
 * `REFRESH_TOKEN_AUTH`. Its secret hash is made with the username, whatever name the user signed in with.
 *
 * @throws CognitoError `NotAuthorizedException`
 */
export async function refreshedTokens(
  pool: Pool,
  client: ClientConfig,
  refreshToken: string,
  secretHash: string | undefined,
): Promise<UserTokens> {
  const signIn = pool.signIns.byToken(refreshToken);
  if (signIn === undefined) throw notAuthorized("Invalid Refresh Token");
  assertSecretHash(client, signIn.username, secretHash, "SecretHash does not match for the client:");
  // Metadata of InitiateAuth does not reach the triggers of a refresh.
  return continueSignIn(pool, refreshToken, client);
}

/** `GetTokensFromRefreshToken`: with another refresh token where the client rotates them. */
export const getTokensFromRefreshToken: Operation = async (pool, request) => {
  if (request["DeviceKey"] !== undefined) throw notSimulated("remembered devices (DeviceKey)");
  const client = clientOf(pool.config, requiredText(request, "ClientId"));
  const refreshToken = requiredText(request, "RefreshToken");
  if (!isClientSecret(client, textOf(request["ClientSecret"]))) {
    throw notAuthorized(`Unable to verify the client secret of client ${client.id}`);
  }
  const tokens = await continueSignIn(pool, refreshToken, client, metadataOf(request));
  return { AuthenticationResult: authenticationResult(tokens) };
};
