import type { JsonObject } from "../../../src/json.ts";
import { callOperation } from "../../../src/tools/cognito/operations/call-operation.ts";
import type { UserPool } from "../../../src/tools/cognito-server/user-pool.ts";
import { tokensIn } from "./tokens.ts";
import { newAddress, PASSWORD } from "./user-pool.ts";

// What a test needs of the pool besides the client that it is about. It is called in this process, not through a client,
// so it is evidence of nothing.

export const POOL_ID = "us-east-1_LocalPool";

/** Calls an operation of administrators. */
export const administer = ({ pool }: UserPool, operation: string, request: JsonObject) =>
  callOperation(pool, operation, { UserPoolId: POOL_ID, ...request });

/** A confirmed user with a verified address and {@link PASSWORD}; gives the address. */
export async function addPerson(
  pool: UserPool,
  attributes: Readonly<Record<string, string>> = {},
): Promise<string> {
  const email = newAddress();
  const all = { email, email_verified: "true", ...attributes };
  const UserAttributes = Object.entries(all).map(([Name, Value]) => ({ Name, Value }));
  await administer(pool, "AdminCreateUser", { Username: email, MessageAction: "SUPPRESS", UserAttributes });
  await administer(pool, "AdminSetUserPassword", { Username: email, Password: PASSWORD, Permanent: true });
  return email;
}

/** A user who has to replace this password; gives the address. */
export async function addNewcomer(pool: UserPool, TemporaryPassword: string): Promise<string> {
  const email = newAddress();
  await administer(pool, "AdminCreateUser", {
    Username: email,
    TemporaryPassword,
    MessageAction: "SUPPRESS",
    UserAttributes: [{ Name: "email", Value: email }],
  });
  return email;
}

/** The tokens of a sign-in with {@link PASSWORD}. */
export async function tokensFor({ pool }: UserPool, email: string, clientId = "localwebclient") {
  return tokensIn(
    await callOperation(pool, "InitiateAuth", {
      ClientId: clientId,
      AuthFlow: "USER_PASSWORD_AUTH",
      AuthParameters: { USERNAME: email, PASSWORD },
    }),
  );
}

/** Refreshes the tokens of a sign-in; rejects if it is over. */
export const refreshed = ({ pool }: UserPool, REFRESH_TOKEN: string) =>
  callOperation(pool, "InitiateAuth", {
    ClientId: "localwebclient",
    AuthFlow: "REFRESH_TOKEN_AUTH",
    AuthParameters: { REFRESH_TOKEN },
  });
