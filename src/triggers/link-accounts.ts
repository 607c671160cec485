import { sameAddress } from "../policy/email.ts";
import { type Account, type AccountDirectory, untilAborted } from "./directory.ts";
import type { LinkRequest } from "./pre-sign-up.ts";

/** What became of a link request. */
export type LinkOutcome =
  | { readonly kind: "linked" }
  | {
      readonly kind: "not-linked";
      readonly because: "no_account" | "several_accounts" | "subject_case_unknown";
    };

/**
 * Whether the address is that of a disabled account, whatever its status, and proven or not: only an administrator
 * disables, and a user who is kept out must not come back by another account.
 */
export function holdsDisabled(accounts: readonly Account[], email: string): boolean {
  return accounts.some((account) => !account.enabled && hasAddress(account, email));
}

/**
 * Links the federated identity to the one native user who has proven the same address, if there is one.
 *
 * An account counts only if it is confirmed, and its own address verified: an attacker can create an account with
 * somebody else's address and wait for the owner to come, but cannot verify it. Such accounts are not even a
 * hindrance. Several proven ones are: nothing tells which is meant.
 *
 * @param accounts all that the pool has with the address, none of them disabled ({@link holdsDisabled})
 * @throws whatever the directory throws, and when the signal aborts
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
  return attribute(account, "email_verified") === "true" && hasAddress(account, email);
}

function hasAddress(account: Account, email: string): boolean {
  return sameAddress(attribute(account, "email") ?? "", email);
}

function attribute(account: Account, name: string): string | undefined {
  return Object.hasOwn(account.attributes, name) ? account.attributes[name] : undefined;
}

/**
 * Whether the subject in the user name is the one that the provider knows. Cognito lower-cases some user
 * names; where it did so with the provider, a subject with letters may not be the true one any more, and a
 * link to a wrong subject would be somebody else's.
 */
function keepsCase({ provider, spelledProvider, subject }: LinkRequest): boolean {
  const spelled = `${spelledProvider}_${subject}`;
  return (
    // An upper-case letter says that nothing was lower-cased; a provider named `okta` says nothing.
    (spelledProvider === provider && spelled !== spelled.toLowerCase()) ||
    subject.toLowerCase() === subject.toUpperCase() ||
    (provider === "SignInWithApple" && APPLE_SUBJECT.test(subject))
  );
}

/** Apple's ids have hexadecimal letters only, in lower case: nothing is lost by lower-casing them. */
const APPLE_SUBJECT = /^\d{6}\.[0-9a-f]{32}\.\d{4}$/;
