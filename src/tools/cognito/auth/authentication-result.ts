import type { JsonObject } from "../../../json.ts";
import type { UserTokens } from "../tokens/sign-in-tokens.ts";

/** Tokens as the API gives them. */
export function authenticationResult(tokens: UserTokens): JsonObject {
  const { accessToken, idToken, refreshToken, expiresIn } = tokens;
  return {
    AccessToken: accessToken,
    ExpiresIn: expiresIn,
    TokenType: "Bearer",
    ...(refreshToken === undefined ? {} : { RefreshToken: refreshToken }),
    IdToken: idToken,
  };
}
