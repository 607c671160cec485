/**
 * The ports to the user pool. Every call rejects when the signal aborts or the pool refuses; callers do not rely on a
 * port keeping the deadline.
 */

/** The key of a user in Cognito's admin calls. */
export interface PoolUser {
  readonly userPoolId: string;
  readonly userName: string;
}

/** A user as stored in the pool, not as in an event. */
interface StoredUser {
  /** By name, including attributes that no app client may read. */
  readonly attributes: Readonly<Record<string, string>>;
  /** `CONFIRMED`, `EXTERNAL_PROVIDER`, ... */
  readonly status: string | undefined;
}

/** What post-confirmation and healing need: AdminGetUser, AdminAddUserToGroup, AdminUpdateUserAttributes. */
export interface GroupDirectory {
  readUser(user: PoolUser, signal: AbortSignal): Promise<StoredUser>;
  /** Adding a user who is already in the group succeeds. */
  addToGroup(user: PoolUser, group: string, signal: AbortSignal): Promise<void>;
  /** Writes {@link MARKER_ATTRIBUTE}. */
  writeMarker(user: PoolUser, value: string, signal: AbortSignal): Promise<void>;
}

/** A user with an address or a phone number, from ListUsers. */
export interface Account extends StoredUser {
  readonly userName: string;
  readonly enabled: boolean;
}

/** The identity of a user at an identity provider. */
export interface ExternalIdentity {
  /** The provider's name in the user pool, in its exact case. */
  readonly provider: string;
  readonly subject: string;
}

/** What pre-sign-up needs: ListUsers, and for linking AdminLinkProviderForUser. */
export interface AccountDirectory {
  /** All users with this address. Rejects if the list may be incomplete. */
  findByEmail(userPoolId: string, email: string, signal: AbortSignal): Promise<readonly Account[]>;
  /** The same for a phone number. */
  findByPhone(userPoolId: string, phone: string, signal: AbortSignal): Promise<readonly Account[]>;
  link(account: PoolUser, identity: ExternalIdentity, signal: AbortSignal): Promise<void>;
}

/**
 * The time when the groups of a user were assigned, in ISO 8601. While it is absent, groups may still be added; once
 * present, claimgate never changes the groups of this user again. No app client may write it.
 */
export const MARKER_ATTRIBUTE = "custom:claimgate_assigned";

/**
 * The promise, or a rejection as soon as the signal aborts, whichever comes first. This keeps the deadline even if the
 * work ignores the signal, as resolving credentials does.
 */
export async function untilAborted<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T> {
  signal.throwIfAborted();
  let onAbort: (() => void) | undefined;
  const aborted = new Promise<never>((_, reject) => {
    onAbort = () => reject(signal.reason instanceof Error ? signal.reason : new Error("aborted"));
    signal.addEventListener("abort", onAbort, { once: true });
  });
  try {
    return await Promise.race([work(), aborted]);
  } finally {
    if (onAbort !== undefined) signal.removeEventListener("abort", onAbort);
  }
}
