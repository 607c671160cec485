import { ownText } from "../own-property.ts";
import { sameAddress } from "../policy/email.ts";
import type { LinkRequest } from "./decide-sign-up.ts";
import { type Account, type AccountDirectory, untilAborted } from "./directory.ts";
import type { Claims } from "./judge-claims.ts";

/** The result of a link request. */
export type LinkOutcome =
  | { readonly kind: "linked" }
  | {
      readonly kind: "not-linked";
      readonly because: "no_account" | "several_accounts" | "subject_case_unknown";
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
  if (!keepsCase(request)) return { kind: "not-linked", because: "subject_case_unknown" };
  const proven = accounts.filter(
    (account) => account.enabled && account.status === "CONFIRMED" && hasProven(account, request.email),
  );
  const [account] = proven;
  if (account === undefined) return { kind: "not-linked", because: "no_account" };
  if (proven.length > 1) return { kind: "not-linked", because: "several_accounts" };
  const identity = { provider: request.provider, subject: request.subject };
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

/**
 * Whether the subject in the user name equals the provider's own. Cognito lower-cases some user names; if it did so
 * with the provider, a subject with letters may have changed, and a wrong subject would link another person's identity.
 */
function keepsCase({ provider, spelledProvider, subject }: LinkRequest): boolean {
  const spelled = `${spelledProvider}_${subject}`;
  return (
    // An upper-case letter proves that nothing was lower-cased; a provider named `okta` proves nothing.
    (spelledProvider === provider && spelled !== spelled.toLowerCase()) ||
    subject.toLowerCase() === subject.toUpperCase() ||
    (provider === "SignInWithApple" && APPLE_SUBJECT.test(subject))
  );
}

/** Apple's ids have only lower-case hexadecimal letters, so lower-casing does not change them. */
const APPLE_SUBJECT = /^\d{6}\.[0-9a-f]{32}\.\d{4}$/;
