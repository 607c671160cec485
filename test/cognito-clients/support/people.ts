import { callOperation } from "../../../src/tools/cognito/operations/call-operation.ts";
import type { UserPool } from "../../../src/tools/cognito/user-pool.ts";
import { newAddress, PASSWORD } from "./user-pool.ts";

export const POOL_ID = "us-east-1_LocalPool";

/**
 * A confirmed user with a verified address and {@link PASSWORD}; gives the address. No client is asked: it is evidence of
 * nothing.
 */
export async function addPerson(
  { pool }: UserPool,
  attributes: Record<string, string> = {},
): Promise<string> {
  const email = newAddress();
  const user = { UserPoolId: POOL_ID, Username: email };
  const all = { email, email_verified: "true", ...attributes };
  await callOperation(pool, "AdminCreateUser", {
    ...user,
    MessageAction: "SUPPRESS",
    UserAttributes: Object.entries(all).map(([Name, Value]) => ({ Name, Value })),
  });
  await callOperation(pool, "AdminSetUserPassword", { ...user, Password: PASSWORD, Permanent: true });
  return email;
}
