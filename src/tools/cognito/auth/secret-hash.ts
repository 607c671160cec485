import { createHash, createHmac, timingSafeEqual } from "node:crypto";
import { invalidParameter, notAuthorized } from "../cognito-error.ts";
import type { ClientConfig } from "../config/pool-config.ts";

/**
 * The proof that a caller has the secret of the app client.
 * https://docs.aws.amazon.com/cognito/latest/developerguide/signing-up-users-in-your-app.html#cognito-user-pools-computing-secret-hash
 *
 * @param username as the request names the user
 */
export function secretHashOf(clientId: string, secret: string, username: string): string {
  return createHmac("sha256", secret).update(`${username}${clientId}`).digest("base64");
}

/**
 * A client with a secret proves it in every call of users; one without a secret sends no proof.
 *
 * @param username as the request names the user
 * @param mismatch how the error of a wrong hash begins
 * @throws CognitoError `NotAuthorizedException`, or `InvalidParameterException` where the client has no secret
 */
export function assertSecretHash(
  { id, secret }: ClientConfig,
  username: string,
  secretHash: string | undefined,
  mismatch = "Unable to verify secret hash for client",
): void {
  if (secret === undefined) {
    if (secretHash === undefined) return;
    throw invalidParameter(`App client ${id} is not configured for secret but secret hash was received`);
  }
  if (secretHash === undefined) {
    throw notAuthorized(`Client ${id} is configured with secret but SECRET_HASH was not received`);
  }
  if (!isSame(secretHash, secretHashOf(id, secret, username))) throw notAuthorized(`${mismatch} ${id}`);
}

/** Whether this is the secret of the client; of one without a secret, whether none is given. */
export function isClientSecret({ secret }: ClientConfig, given: string | undefined): boolean {
  if (secret === undefined || given === undefined) return secret === given;
  return isSame(secret, given);
}

function isSame(a: string, b: string): boolean {
  const digest = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(a), digest(b));
}
