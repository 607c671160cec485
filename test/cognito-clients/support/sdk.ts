import { createHmac } from "node:crypto";
import {
  type AuthenticationResultType,
  type AuthFlowType,
  type CognitoIdentityProviderClient,
  InitiateAuthCommand,
  type InitiateAuthCommandOutput,
} from "@aws-sdk/client-cognito-identity-provider";
import type { UserPool } from "../../../src/tools/cognito/user-pool.ts";
import { cognitoAt } from "../snippets/aws-sdk.ts";
import { PASSWORD } from "./user-pool.ts";

/** The client of AWS's SDK, at a pool. */
export const sdkFor = ({ url }: Pick<UserPool, "url">): CognitoIdentityProviderClient => cognitoAt(url);

/** What a client with a secret sends along. */
export function secretHash(username: string, clientId: string, secret: string): string {
  return createHmac("sha256", secret)
    .update(username + clientId)
    .digest("base64");
}

/** Begins a sign-in through the app of people. */
export function start(
  sdk: CognitoIdentityProviderClient,
  flow: AuthFlowType,
  parameters: Record<string, string>,
  clientId = "webclient",
): Promise<InitiateAuthCommandOutput> {
  return sdk.send(
    new InitiateAuthCommand({ ClientId: clientId, AuthFlow: flow, AuthParameters: parameters }),
  );
}

/** The tokens of a sign-in that is complete. */
export function tokensIn(answer: { readonly AuthenticationResult?: AuthenticationResultType | undefined }) {
  const { AccessToken, IdToken, RefreshToken } = answer.AuthenticationResult ?? {};
  if (AccessToken === undefined || IdToken === undefined) throw new Error("the answer has no tokens");
  return { accessToken: AccessToken, idToken: IdToken, refreshToken: RefreshToken ?? "" };
}

export async function signIn(
  sdk: CognitoIdentityProviderClient,
  username: string,
  password = PASSWORD,
  clientId?: string,
) {
  const parameters = { USERNAME: username, PASSWORD: password };
  return tokensIn(await start(sdk, "USER_PASSWORD_AUTH", parameters, clientId));
}

/** The claims of a token, which somebody else verified. */
export function claimsOf(token: string): Readonly<Record<string, unknown>> {
  return JSON.parse(Buffer.from(token.split(".")[1] ?? "", "base64url").toString("utf8")) as Record<
    string,
    unknown
  >;
}
