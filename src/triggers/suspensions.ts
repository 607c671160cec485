import { createHmac } from "node:crypto";
import { lowerAscii } from "../policy/ascii.ts";

/** The suspended users, remembered without their names, so that records outlive deleted users. */
export interface Suspensions {
  /** Whether any of these names was suspended in the pool. Rejects if the records cannot be read. */
  includes(userPoolId: string, names: readonly string[], signal: AbortSignal): Promise<boolean>;
}

/** The key of the digests' secret in the table. */
export const SUSPENSION_SECRET_KEY = "suspension-secret";

/**
 * The key of the record of an address, a phone number, or a user name such as `Google_42`, in the table. Both are
 * compared as in the pool, ignoring the case of A to Z; `+tag` forms are different addresses, as in the pool.
 *
 * The digest has a secret, since anyone could try all addresses against a plain one.
 */
export function suspensionKey(secret: string, userPoolId: string, name: string): string {
  const digest = createHmac("sha256", secret)
    .update(`${userPoolId}#${lowerAscii(name)}`)
    .digest("hex");
  return `suspended#${digest}`;
}

/** The keys of these names without duplicates: names that differ in case share one, and a batch refuses duplicates. */
export function suspensionKeys(
  secret: string,
  userPoolId: string,
  names: readonly string[],
): readonly string[] {
  return [...new Set(names.map((name) => suspensionKey(secret, userPoolId, name)))];
}

/** What identifies a user. */
interface SuspendedNames {
  readonly email?: string | undefined;
  readonly phone?: string | undefined;
  readonly userName: string | undefined;
  readonly identities?: readonly { readonly provider: string; readonly subject: string }[];
}

/** The names that identify a user: address, phone number, and the user names of the identities at providers. */
export function suspensionNames({
  email,
  phone,
  userName,
  identities = [],
}: SuspendedNames): readonly string[] {
  const federated = identities.map(({ provider, subject }) => `${provider}_${subject}`);
  const names = [email, phone, userName, ...federated].filter((name) => name !== undefined && name !== "");
  return [...new Set(names as readonly string[])];
}
