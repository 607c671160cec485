import { createHmac } from "node:crypto";
import {
  type AuthFlowType,
  type CognitoIdentityProviderClient,
  InitiateAuthCommand,
  type InitiateAuthCommandOutput,
} from "@aws-sdk/client-cognito-identity-provider";
import type { UserPool } from "../../../src/tools/cognito-server/user-pool.ts";
import { cognitoAt } from "../snippets/aws-sdk.ts";
import { tokensIn } from "./tokens.ts";
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
  clientId = "localwebclient",
): Promise<InitiateAuthCommandOutput> {
  return sdk.send(
    new InitiateAuthCommand({ ClientId: clientId, AuthFlow: flow, AuthParameters: parameters }),
  );
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
