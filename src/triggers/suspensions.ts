import { createHmac } from "node:crypto";
import { lowerAscii } from "../policy/ascii.ts";

/** Who was suspended, remembered without a name: what outlives a user who is deleted. */
export interface Suspensions {
  /** Whether any of these names was suspended in the pool. Rejects where it cannot tell. */
  includes(userPoolId: string, names: readonly string[], signal: AbortSignal): Promise<boolean>;
}

/** Under what key the table has the secret of its digests. */
export const SUSPENSION_SECRET_KEY = "suspension-secret";

/**
 * The key of the record of an address, or of a user name such as `Google_42`, in the table. Both are compared as the pool
 * compares them, without the case of A to Z; `+tag` forms are other addresses, as they are to the pool.
 *
 * A digest with a secret: of a plain one anybody could try all addresses.
 */
export function suspensionKey(secret: string, userPoolId: string, name: string): string {
  const digest = createHmac("sha256", secret)
    .update(`${userPoolId}#${lowerAscii(name)}`)
    .digest("hex");
  return `suspended#${digest}`;
}

/** The keys of these names, each once: names that differ in case have the same one, and a batch refuses a key twice. */
export function suspensionKeys(
  secret: string,
  userPoolId: string,
  names: readonly string[],
): readonly string[] {
  return [...new Set(names.map((name) => suspensionKey(secret, userPoolId, name)))];
}

/** What a user is remembered by: the address, and the user names that the identities at providers make. */
export function suspensionNames(
  email: string | undefined,
  userName: string | undefined,
  identities: readonly { readonly provider: string; readonly subject: string }[] = [],
): readonly string[] {
  const federated = identities.map(({ provider, subject }) => `${provider}_${subject}`);
  const names = [email, userName, ...federated].filter((name) => name !== undefined && name !== "");
  return [...new Set(names as readonly string[])];
}
