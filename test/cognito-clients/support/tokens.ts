/** The answer of a sign-in, of the SDK or of the pool itself. */
interface SignInAnswer {
  readonly AuthenticationResult?: unknown;
}

interface Tokens {
  readonly accessToken: string;
  readonly idToken: string;
  /** Empty where the answer has none. */
  readonly refreshToken: string;
}

/** The tokens of a sign-in that is complete. */
export function tokensIn({ AuthenticationResult }: SignInAnswer): Tokens {
  const { AccessToken, IdToken, RefreshToken } = (AuthenticationResult ?? {}) as Record<string, unknown>;
  if (typeof AccessToken !== "string" || typeof IdToken !== "string") {
    throw new Error("the answer has no tokens");
  }
  const refreshToken = typeof RefreshToken === "string" ? RefreshToken : "";
  return { accessToken: AccessToken, idToken: IdToken, refreshToken };
}

/** The claims of a token, unverified. */
export function claimsOf(token: string): Readonly<Record<string, unknown>> {
  const payload = token.split(".")[1] ?? "";
  return JSON.parse(Buffer.from(payload, "base64url").toString("utf8")) as Record<string, unknown>;
}
