/**
 * The ports to the user pool. Every call rejects when the signal aborts or when the pool refuses; the caller
 * never relies on a port keeping the deadline.
 */

/** How Cognito's admin calls name a user. */
export interface PoolUser {
  readonly userPoolId: string;
  readonly userName: string;
}

/** A user as the pool has stored it, not as an event tells it. */
export interface StoredUser {
  /** By name; the attributes that no app client may read are among them. */
  readonly attributes: Readonly<Record<string, string>>;
  /** `CONFIRMED`, `EXTERNAL_PROVIDER`, ... */
  readonly status: string | undefined;
}

/** What post-confirmation and healing need: AdminGetUser, AdminAddUserToGroup, AdminUpdateUserAttributes. */
export interface GroupDirectory {
  readUser(user: PoolUser, signal: AbortSignal): Promise<StoredUser>;
  /** Adding a user who is in the group already is no error. */
  addToGroup(user: PoolUser, group: string, signal: AbortSignal): Promise<void>;
  /** Writes {@link MARKER_ATTRIBUTE}. */
  writeMarker(user: PoolUser, value: string, signal: AbortSignal): Promise<void>;
}

/** A user that has an address, as ListUsers shows it. */
export interface Account extends StoredUser {
  readonly userName: string;
  readonly enabled: boolean;
}

/** Who somebody is at an identity provider. */
export interface ExternalIdentity {
  /** The provider's name in the user pool, in its exact case. */
  readonly provider: string;
  readonly subject: string;
}

/** What pre-sign-up needs: ListUsers, and for linking AdminLinkProviderForUser. */
export interface AccountDirectory {
  /** All users with this address. Rejects if it cannot be sure to have seen all. */
  findByEmail(userPoolId: string, email: string, signal: AbortSignal): Promise<readonly Account[]>;
  link(account: PoolUser, identity: ExternalIdentity, signal: AbortSignal): Promise<void>;
}

/**
 * Says when the groups of a user were assigned, in ISO 8601. While it is absent, groups may still be added;
 * once it is there, claimgate never touches the groups of this user again. No app client may write it.
 */
export const MARKER_ATTRIBUTE = "custom:claimgate_assigned";

/**
 * The promise, or a rejection as soon as the signal aborts, whichever comes first. The deadline then holds
 * even where the work below does not listen to the signal, as resolving credentials does not.
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
