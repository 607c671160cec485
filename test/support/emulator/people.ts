import { createHash, randomBytes } from "node:crypto";
import {
  AdminAddUserToGroupCommand,
  AdminCreateUserCommand,
  AdminSetUserPasswordCommand,
  DescribeUserPoolClientCommand,
  GetTokensFromRefreshTokenCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { clients } from "./clients.ts";
import { rehearsal } from "./rehearsal.ts";
import type { DeployedStack } from "./stack.ts";

export const PASSWORD = "Correct-Horse-9-Battery";
const CALLBACK = "http://localhost:5173/callback";

export interface Tokens {
  readonly access: string;
  readonly id: string;
  readonly refresh: string;
}

/** Somebody with a verified address, in these groups. */
export async function createPerson(
  stack: DeployedStack,
  email: string,
  groups: readonly string[] = [],
  attributes: Readonly<Record<string, string>> = {},
): Promise<void> {
  const pool = clients.userPools();
  const user = { UserPoolId: stack.output("UserPoolId"), Username: email };
  const all = { email, email_verified: "true", ...attributes };
  await pool.send(
    new AdminCreateUserCommand({
      ...user,
      MessageAction: "SUPPRESS",
      UserAttributes: Object.entries(all).map(([Name, Value]) => ({ Name, Value })),
    }),
  );
  await pool.send(new AdminSetUserPasswordCommand({ ...user, Password: PASSWORD, Permanent: true }));
  for (const GroupName of groups) await pool.send(new AdminAddUserToGroupCommand({ ...user, GroupName }));
}

/**
 * Signs in as the web app does: authorization code with PKCE (RFC 7636), through the sign-in page.
 * @throws Error with what the page or the token endpoint said
 */
export async function signIn(stack: DeployedStack, email: string, password = PASSWORD): Promise<Tokens> {
  const verifier = randomBytes(32).toString("base64url");
  const asked = {
    client_id: stack.output("WebClientId"),
    response_type: "code",
    redirect_uri: CALLBACK,
    scope: "openid email profile",
    code_challenge: createHash("sha256").update(verifier).digest("base64url"),
    code_challenge_method: "S256",
  };
  const page = await fetch(`${rehearsal().emulator}/oauth2/authorize?${new URLSearchParams(asked)}`);
  if (!page.ok) throw new Error(`the sign-in page: ${page.status} ${await page.text()}`);
  const submitted = await fetch(`${rehearsal().emulator}/login`, {
    method: "POST",
    body: new URLSearchParams({ ...asked, username: email, password }),
    redirect: "manual",
  });
  const back = submitted.headers.get("location");
  if (back === null) throw new Error(`sign-in as ${email}: ${submitted.status} ${await submitted.text()}`);
  return exchange({
    grant_type: "authorization_code",
    client_id: asked.client_id,
    redirect_uri: CALLBACK,
    code: new URL(back).searchParams.get("code") ?? "",
    code_verifier: verifier,
  });
}

/** A new access token for a refresh token. */
export async function refresh(stack: DeployedStack, token: string): Promise<string> {
  const ClientId = stack.output("WebClientId");
  const command = new GetTokensFromRefreshTokenCommand({ ClientId, RefreshToken: token });
  const { AuthenticationResult } = await clients.userPools().send(command);
  return AuthenticationResult?.AccessToken ?? "";
}

/** The access token of the machine client, by its secret (client credentials). */
export async function machineToken(stack: DeployedStack): Promise<string> {
  const ClientId = stack.output("ReportingClientId");
  const command = new DescribeUserPoolClientCommand({ UserPoolId: stack.output("UserPoolId"), ClientId });
  const { UserPoolClient } = await clients.userPools().send(command);
  const secret = Buffer.from(`${ClientId}:${UserPoolClient?.ClientSecret}`).toString("base64");
  const { access } = await exchange(
    { grant_type: "client_credentials" },
    { authorization: `Basic ${secret}` },
  );
  return access;
}

/** What a token says, unverified. */
export function claimsOf(token: string): Readonly<Record<string, unknown>> {
  const [, payload = ""] = token.split(".");
  return JSON.parse(Buffer.from(payload, "base64url").toString()) as Record<string, unknown>;
}

/** @throws Error with what the token endpoint said */
async function exchange(form: Record<string, string>, headers: Record<string, string> = {}): Promise<Tokens> {
  const answer = await fetch(`${rehearsal().emulator}/oauth2/token`, {
    method: "POST",
    headers,
    body: new URLSearchParams(form),
  });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`the token endpoint: ${answer.status} ${text}`);
  const tokens = JSON.parse(text) as { access_token: string; id_token?: string; refresh_token?: string };
  return { access: tokens.access_token, id: tokens.id_token ?? "", refresh: tokens.refresh_token ?? "" };
}
