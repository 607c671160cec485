import { ClaimgateError } from "../errors.ts";
import { ownText } from "../own-property.ts";
import { MAX_LIFETIME } from "./claims-schema.ts";
import {
  type EmergencyStop,
  followStop,
  STOP_KEY,
  type StopChange,
  type StoppedPermission,
} from "./emergency-stop.ts";
import type { VerifiedToken } from "./verified-token.ts";

/** What can be revoked in a pool. */
export type RevocationTarget =
  /** One sign-in and all its refreshed tokens, by `origin_jti`. */
  | { readonly by: "sign-in"; readonly userPoolId: string; readonly originJti: string }
  /** A user, or a machine by its client id. */
  | { readonly by: "sub"; readonly userPoolId: string; readonly sub: string }
  /** All tokens of an app client, by its id. */
  | { readonly by: "client"; readonly userPoolId: string; readonly clientId: string };

/** One entry of the revocation list. */
export interface Revocation {
  /** @see revocationKey */
  readonly key: string;
  /** Tokens issued up to this second are revoked, in epoch seconds. Undefined revokes all of them. */
  readonly before: number | undefined;
  /**
   * Of the entry under {@link STOP_KEY} only: what is denied to everyone. Undefined if it cannot be read, which stops
   * everything.
   */
  readonly stopped?: readonly StoppedPermission[] | undefined;
}

/** The revocation list. */
export interface Revocations {
  /** The entries under these keys, in any order. Throws if it cannot read them. */
  find(keys: readonly string[]): Promise<readonly Revocation[]>;
}

/** What becomes of a token where the revocation list cannot be read. */
type OnFailure = "closed" | "open";

export interface RevocationCheckOptions {
  readonly verify: (token: string) => Promise<VerifiedToken>;
  readonly revocations: Revocations;
  /**
   * `closed`: the request fails, neither allowed nor 401. `open`: it continues as if nothing were revoked, and what
   * was stopped when the list was last read is still stopped.
   */
  readonly onFailure: OnFailure;
  /** Called for every token that was not checked. */
  readonly unchecked: (error: unknown) => void;
  /** Called when the emergency stop differs from the last read; first if anything is stopped. */
  readonly stopChanged?: ((change: StopChange) => void) | undefined;
}

/**
 * A verification that also asks the revocation list, after everything else and for every request, so that nothing is
 * asked for what was not verified, and a remembered token is asked for again. The same read finds the emergency stop,
 * which the token then carries to the authorizer.
 *
 * Throws `token_revoked` (the token is at fault: 401) or `revocation_unavailable` (unknown: 500).
 *
 * @example
 * import { createMemoryRevocations, createRevocationCheck, type TokenVerifier } from "claimgate/authorizers";
 *
 * export const checked = (verifier: TokenVerifier) =>
 *   createRevocationCheck({
 *     verify: (token) => verifier.verify(token),
 *     revocations: createMemoryRevocations(),
 *     onFailure: "closed",
 *     unchecked: (error) => console.error(error),
 *   });
 */
export function createRevocationCheck({
  verify,
  revocations,
  onFailure,
  unchecked,
  stopChanged = () => undefined,
}: RevocationCheckOptions): (token: string) => Promise<VerifiedToken> {
  const stops = followStop(stopChanged);
  return async (jwt) => {
    const token = await verify(jwt);
    const follow = stops.begin();
    let found: readonly Revocation[];
    try {
      found = await revocations.find([...revocationKeys(token), STOP_KEY]);
    } catch (cause) {
      const error = new ClaimgateError("revocation_unavailable", "the revocation list cannot be read", {
        cause,
      });
      if (onFailure === "closed") throw error;
      unchecked(error);
      return stoppedBy(token, stops.last());
    }
    const stop = stopIn(found);
    follow(stop);
    if (found.some((entry) => entry.key !== STOP_KEY && isRevoked(token, entry))) {
      throw new ClaimgateError("token_revoked", "the token was revoked");
    }
    return stoppedBy(token, stop);
  };
}

/** The emergency stop among these entries. */
export function stopIn(found: readonly Revocation[]): EmergencyStop | undefined {
  const entry = found.find(({ key }) => key === STOP_KEY);
  return entry === undefined || entry.stopped?.length === 0 ? undefined : { stopped: entry.stopped };
}

/** A copy: the token may be remembered, and the stop must not be. */
function stoppedBy(token: VerifiedToken, stop: EmergencyStop | undefined): VerifiedToken {
  return stop === undefined ? token : { ...token, stop };
}

/**
 * Whether an entry revokes this token. Both times are whole seconds: a token issued in the second of the revocation
 * counts as issued before it.
 */
export function isRevoked(
  token: Pick<VerifiedToken, "issuedAt">,
  { before }: Pick<Revocation, "before">,
): boolean {
  return before === undefined || token.issuedAt <= before;
}

/** Every key that an entry about this token can have: two or three. */
export function revocationKeys(token: VerifiedToken): readonly string[] {
  const { userPoolId, sub, clientId } = token;
  const originJti = ownText(token.claims, "origin_jti");
  return [
    revocationKey({ by: "sub", userPoolId, sub }),
    revocationKey({ by: "client", userPoolId, clientId }),
    ...(typeof originJti === "string" && originJti !== ""
      ? [revocationKey({ by: "sign-in", userPoolId, originJti })]
      : []),
  ];
}

/**
 * The key of an entry: the kind, the pool, and the name, which may contain anything.
 *
 * @example
 * import { createMemoryRevocations, revocationKey } from "claimgate/authorizers";
 *
 * const revocations = createMemoryRevocations();
 * const key = revocationKey({ by: "sub", userPoolId: "eu-west-1_AbCdEfGhI", sub: "2c1f" });
 * revocations.add({ key, before: Date.now() / 1000 });
 */
export function revocationKey(target: RevocationTarget): string {
  const name = target.by === "sub" ? target.sub : target.by === "client" ? target.clientId : target.originJti;
  return `${target.by}#${target.userPoolId}#${name}`;
}

/**
 * When an entry may be deleted, in epoch seconds: all its tokens have expired.
 *
 * @param at when it was revoked, epoch seconds
 * @param refreshDays the lifetime of refresh tokens that remain valid, if the entry must outlive them
 */
export function forgottenAt(at: number, refreshDays = 0): number {
  return at + refreshDays * 86_400 + MAX_LIFETIME + HOUR;
}

/** More than the difference of any two clocks. */
const HOUR = 3600;

/**
 * A revocation list in the memory of this process: for tests and for services that run in one process.
 *
 * @example
 * import { createMemoryRevocations, revocationKey } from "claimgate/authorizers";
 *
 * const revocations = createMemoryRevocations();
 * const key = revocationKey({ by: "sub", userPoolId: "eu-west-1_AbCdEfGhI", sub: "2c1f" });
 * revocations.add({ key, before: Date.now() / 1000 });
 */
export function createMemoryRevocations(
  entries: Iterable<Revocation> = [],
): Revocations & { add(revocation: Revocation): void } {
  const byKey = new Map([...entries].map((entry) => [entry.key, entry]));
  return {
    find: (keys) => Promise.resolve(keys.flatMap((key) => byKey.get(key) ?? [])),
    add: (entry) => {
      byKey.set(entry.key, entry);
    },
  };
}
