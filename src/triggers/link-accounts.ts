import { ownText } from "../own-property.ts";
import { sameAddress } from "../policy/email.ts";
import type { LinkRequest } from "./decide-sign-up.ts";
import { type Account, type AccountDirectory, untilAborted } from "./directory.ts";
import type { Claims } from "./judge-claims.ts";
import type { VerbatimSubject } from "./verbatim-subject.ts";

/** The result of a link request. */
export type LinkOutcome =
  | { readonly kind: "linked" }
  | {
      readonly kind: "not-linked";
      readonly because: "no_account" | "several_accounts" | NonNullable<VerbatimSubject["unknown"]>;
    };

/**
 * Whether a disabled account has the address or the phone number, regardless of its status and whether they are proven:
 * only an administrator disables accounts, and the user must not return with another one.
 */
export function holdsDisabled(accounts: readonly Account[], { email, phone }: Claims): boolean {
  return accounts.some(
    (account) =>
      !account.enabled &&
      ((email !== undefined && hasAddress(account, email)) ||
        (phone !== undefined && ownText(account.attributes, "phone_number") === phone)),
  );
}

/** Whether a user of an identity provider has the address, proven or not. */
export function holdsFederated(accounts: readonly Account[], { email }: Claims): boolean {
  return accounts.some(
    (account) => account.status === "EXTERNAL_PROVIDER" && email !== undefined && hasAddress(account, email),
  );
}

/**
 * Links the federated identity to the one native user who has proven the same address, if any.
 *
 * An account counts only if it is confirmed and its own address verified: an attacker can create an account with
 * another user's address and wait for the owner, but cannot verify it. Such accounts do not prevent a link. Several
 * proven ones do, since it is unclear which one is meant.
 *
 * @param accounts all accounts of the pool with the address, among others; none of them disabled ({@link
 * holdsDisabled})
 * @throws any error of the directory, or when the signal aborts
 */
export async function linkAccounts(
  directory: AccountDirectory,
  userPoolId: string,
  request: LinkRequest,
  accounts: readonly Account[],
  signal: AbortSignal,
): Promise<LinkOutcome> {
  const { subject, unknown } = request.verbatim;
  if (subject === undefined) return { kind: "not-linked", because: unknown };
  const proven = accounts.filter(
    (account) => account.enabled && account.status === "CONFIRMED" && hasProven(account, request.email),
  );
  const [account] = proven;
  if (account === undefined) return { kind: "not-linked", because: "no_account" };
  if (proven.length > 1) return { kind: "not-linked", because: "several_accounts" };
  const identity = { provider: request.provider, subject };
  await untilAborted(signal, () =>
    directory.link({ userPoolId, userName: account.userName }, identity, signal),
  );
  return { kind: "linked" };
}

function hasProven(account: Account, email: string): boolean {
  return ownText(account.attributes, "email_verified") === "true" && hasAddress(account, email);
}

function hasAddress(account: Account, email: string): boolean {
  return sameAddress(ownText(account.attributes, "email") ?? "", email);
}
